package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.fuzz.FuzzTime;
import io.bangwo8stream.text.SafeText;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Properties that hold for any response: it is read, or refused with a text that fits into one line of a log. */
@AddLifecycleHook(FuzzTime.class)
@PropertyDefaults(tries = FuzzTime.UNLIMITED, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
class ResponsePropertiesTest {

    private static final ApiRequest LIST = new ApiRequest("/list.json", "/list.json", Map.of("page", "1"));
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

    /** Far more than the longest text of the API and the longest advice together. */
    private static final int LONGEST_MESSAGE = 1000;

    private static final String[] FRAGMENTS = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"rows\"",
        "\"errcode\":",
        "\"errmsg\":",
        "\"status\":",
        "\"message\":",
        "\"100047\"",
        "0",
        "429",
        "5",
        "null",
        "\"",
        "<br />\n",
        "<b>Warning</b>: ",
        "PHP Fatal error: ",
        "<html>",
        "<title>",
        "</title>",
        "<!DOCTYPE html>",
        "<?xml?>",
        "\u001b[2J",
        "\r\n2026-01-01 ERROR forged",
        "\u2028",
        "Authorization: Basic ",
        "password=\"",
        "://",
        "@",
        "中文",
        "\uD83D\uDE00",
        "x".repeat(300),
        "\\ud83d",
        "\uFEFF",
        "NaN",
        " ".repeat(50)
    };

    private final ResponseParser parser = new ResponseParser(
            SafeText::line, new ResponseMemory(4 << 20), new ResponseRepairs(new SimpleMeterRegistry()));

    @Provide
    Arbitrary<byte[]> texts() {
        return Arbitraries.of(FRAGMENTS)
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    }

    @Provide
    Arbitrary<ResponseHead> heads() {
        return Arbitraries.of(200, 200, 200, 203, 204, 400, 401, 403, 404, 429, 500, 503)
                .flatMap(status -> Arbitraries.of("application/json", "text/html; charset=GBK", "a;charset=\"", "")
                        .flatMap(type -> Arbitraries.of("", "br", "gzip", " identity")
                                .map(encoding -> new ResponseHead(status, Optional.empty(), type, encoding))));
    }

    @Provide
    Arbitrary<String> waits() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("0123456789-+. ").ofMaxLength(25),
                Arbitraries.strings().withChars("SatJn0123456789 ,:GMT").ofMaxLength(35),
                Arbitraries.of("Sat, 31 Jan 2026 00:01:00 GMT", "Sat, 31 Jan 9999 00:00:00 GMT", "\u0660\u0661"));
    }

    @Property
    void readsOrRefusesAnyText(@ForAll("heads") ResponseHead head, @ForAll("texts") byte[] body) {
        check(head, body);
    }

    @Property
    void readsOrRefusesAnyBytes(@ForAll("heads") ResponseHead head, @ForAll("bytes") byte[] body) {
        check(head, body);
    }

    @Property
    void waitsNoLongerThanTheLongestPause(@ForAll("waits") String retryAfter) {
        assertThat(RetryAfter.read(retryAfter, NOW).orElse(Duration.ZERO))
                .isBetween(Duration.ZERO, Duration.ofMinutes(5));
    }

    private void check(ResponseHead head, byte[] body) {
        try {
            assertThat(parser.parse(LIST, head, new ByteArrayInputStream(body))).isNotNull();
        } catch (ApiException refused) {
            assertThat(refused.getMessage()).startsWith("GET /list.json").hasSizeLessThan(LONGEST_MESSAGE);
            assertThat(SafeText.hasControls(refused.getMessage()))
                    .as(refused.getMessage())
                    .isFalse();
            assertThat(halfCharacters(refused.getMessage()))
                    .as(refused.getMessage())
                    .isZero();
        }
    }

    /** The surrogates that have lost their other half, which is what a careless cut leaves. */
    private static long halfCharacters(String text) {
        return text.codePoints()
                .filter(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                .count();
    }
}
