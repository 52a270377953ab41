package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.fuzz.FuzzTime;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Properties that hold for any bytes: the reader returns a tree that can be written and read again, or refuses them. */
@AddLifecycleHook(FuzzTime.class)
@PropertyDefaults(tries = FuzzTime.UNLIMITED, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
class LenientJsonPropertiesTest {

    private static final String[] FRAGMENTS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "'",
        "\"a\":",
        "'b':",
        "\"x\"",
        "\\",
        "\\u12",
        "\t",
        "\n",
        "\uFEFF",
        "0",
        "007",
        "-",
        "+",
        ".",
        "5.",
        ".5",
        "e",
        "E999999999",
        "1e9999",
        "NaN",
        "Infinity",
        "-Infinity",
        "-INF",
        "null",
        "true",
        "false",
        "/*",
        "*/",
        "//",
        "中",
        "\uD83D",
        "9".repeat(500),
        "[".repeat(150),
        "]".repeat(150)
    };

    @Provide
    Arbitrary<byte[]> fragments() {
        return Arbitraries.of(FRAGMENTS)
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<byte[]> damagedDocuments() {
        String row = "{\"csId\":\"1\",\"csPrice\":234.00,\"note\":\"中文\",\"list\":[1,-0.5,null,true,{}]}";
        return Arbitraries.bytes()
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .flatMap(bytes -> Arbitraries.integers()
                        .between(0, row.length() - 5)
                        .map(position -> damaged(row, bytes, position)));
    }

    private static byte[] damaged(String row, List<Byte> bytes, int position) {
        byte[] damaged = row.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.size(); i++) {
            damaged[position + i] = bytes.get(i);
        }
        return damaged;
    }

    @Property
    void readsAnyFragmentsOrRefusesThem(@ForAll("fragments") byte[] document) {
        readOrRefuse(document);
    }

    @Property
    void readsAnyDamagedDocumentOrRefusesIt(@ForAll("damagedDocuments") byte[] document) {
        readOrRefuse(document);
    }

    private static void readOrRefuse(byte[] document) {
        JsonNode tree;
        try {
            tree = LenientJson.read(document);
        } catch (UnreadableJsonException refused) {
            assertThat(refused).hasNoCause();
            return;
        }
        byte[] written = LenientJson.write(tree);
        try {
            assertThat(LenientJson.write(LenientJson.read(written))).isEqualTo(written);
        } catch (UnreadableJsonException notReadable) {
            throw new AssertionError("what was written cannot be read", notReadable);
        }
    }
}
