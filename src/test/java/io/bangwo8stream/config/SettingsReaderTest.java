package io.bangwo8stream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bangwo8stream.config.Settings.Login;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    @Test
    void requiresNothingButAnAccountAndAPassword() {
        Settings settings = TestSettings.of();

        assertThat(settings.api())
                .isEqualTo(new Settings.Api(
                        URI.create("https://www.bangwo8.com"),
                        new Login(Login.Scheme.BASIC, TestSettings.ACCOUNT, TestSettings.PASSWORD),
                        100,
                        16,
                        10,
                        Duration.ofSeconds(30),
                        16 * 1024 * 1024,
                        10_000,
                        new Settings.Network(Optional.empty(), Optional.empty(), false)));
        assertThat(settings.scanning())
                .isEqualTo(new Settings.Scanning(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(15),
                        7,
                        90,
                        List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(1)),
                        Optional.empty()));
        assertThat(settings.zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertThat(settings.tenant()).isEqualTo("default");
        assertThat(settings.once()).isFalse();
        assertThat(settings.agents()).isEmpty();
        assertThat(settings.topic("state")).isEqualTo("bangwo8.state");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bangwo8.base-url            | www.bangwo8.com               | scheme and host only
            bangwo8.base-url            | ftp://www.bangwo8.com         | scheme and host only
            bangwo8.base-url            | https://www.bangwo8.com/api   | scheme and host only
            bangwo8.base-url            | https://www.bangwo8.com?a=b   | scheme and host only
            bangwo8.base-url            | https:// www.bangwo8.com      | scheme and host only
            bangwo8.auth                | digest                        | must be basic or oauth2
            bangwo8.tenant              | a tenant                      | letters, digits, dots, dashes and underscores only
            bangwo8.tenant              | a/b                           | letters, digits, dots, dashes and underscores only
            bangwo8.zone                | Shanghai                      | the name of a time zone
            bangwo8.per-page            | 0                             | a whole number from 1
            bangwo8.per-page            | many                          | a whole number from 1
            bangwo8.max-in-flight       | 0                             | a whole number from 1
            bangwo8.requests-per-second | -1                            | 0 for no limit
            bangwo8.requests-per-second | NaN                           | 0 for no limit
            bangwo8.requests-per-second | fast                          | 0 for no limit
            bangwo8.request-timeout     | 30                            | a number and a unit
            bangwo8.request-timeout     | 0s                            | longer than zero
            bangwo8.max-response-size   | 16MiB                         | a whole number from 1
            bangwo8.max-retries         | -1                            | a whole number from 0
            bangwo8.retry-delay         | soon                          | a number and a unit
            bangwo8.once                | maybe                         | true or false
            bangwo8.problem-type-labels | perhaps                       | true or false
            bangwo8.topics.tickets      | bangwo8.remote-records        | already uses this topic
            bangwo8.max-pages           | 0                             | a whole number from 1
            bangwo8.sources             | remote records                | letters, digits, dots, dashes and underscores only
            bangwo8.agents              | 12,Li                         | a numeric id
            bangwo8.ticket-views        | x                             | a numeric id
            bangwo8.poll-interval       | 0s                            | longer than zero
            bangwo8.sweep-interval      | 15 minutes                    | a number and a unit
            bangwo8.look-back           | 36h                           | one or more whole days
            bangwo8.look-back           | 0d                            | one or more whole days
            bangwo8.max-look-back       | 1h                            | one or more whole days
            bangwo8.revisit-after       | 1h,10m                        | must be in ascending order
            bangwo8.revisit-after       | 10m,10m                       | must be in ascending order
            bangwo8.revisit-after       | 10m,later                     | a number and a unit
            bangwo8.start-date          | 31.1.2026                     | a date, such as
            bangwo8.start-date          | 2026-02-30                    | a date, such as
            bangwo8.topics.state        | my state                      | letters, digits, dots, dashes and underscores only
            """)
    void namesTheKeyTheInvalidValueAndValidValues(String key, String value, String valid) {
        ConfigurationException error = errorsOf(key, value);

        assertThat(error.getMessage()).hasLineCount(1).startsWith(key + " ").contains(valid);
        assertThat(value.split(","))
                .anySatisfy(part -> assertThat(error.getMessage())
                        .satisfiesAnyOf(
                                message -> assertThat(message).contains("'" + part + "'"),
                                message -> assertThat(message).contains("must be in ascending order")));
    }

    @Test
    void reportsEveryInvalidSettingAtOnce() {
        assertThat(errorsOf(
                                "bangwo8.base-url",
                                "bangwo8",
                                "bangwo8.password",
                                "",
                                "bangwo8.look-back",
                                "long",
                                "bangwo8.agents",
                                "a,1,b",
                                "bangwo8.topics.state",
                                "?")
                        .getMessage()
                        .lines())
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactlyInAnyOrder(
                        "bangwo8.base-url",
                        "bangwo8.password",
                        "bangwo8.look-back",
                        "bangwo8.agents",
                        "bangwo8.agents",
                        "bangwo8.topics.state");
    }

    @ParameterizedTest
    @CsvSource({
        "basic,  bangwo8.account",
        "basic,  bangwo8.password",
        "oauth2, bangwo8.client-id",
        "oauth2, bangwo8.client-secret",
    })
    void namesTheMissingPartOfTheLogin(String auth, String key) {
        ConfigurationException error = catchThrowableOfType(
                ConfigurationException.class,
                () -> TestSettings.of(
                        "bangwo8.auth", auth, "bangwo8.client-id", "id", "bangwo8.client-secret", "secret", key, ""));

        assertThat(error).hasMessage(key + " is missing; bangwo8.auth=" + auth + " requires it");
    }

    @Test
    void readsTheLoginOfTheConfiguredScheme() {
        Login login = TestSettings.of(
                        "bangwo8.auth", "oauth2", "bangwo8.client-id", "id", "bangwo8.client-secret", "hush")
                .api()
                .login();

        assertThat(login).isEqualTo(new Login(Login.Scheme.OAUTH2, "id", "hush"));
    }

    @Test
    void readsTheSecretOfAFileAtEachUse(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "first\n");
        Login login = TestSettings.of("bangwo8.password", "", "bangwo8.password-file", file.toString())
                .api()
                .login();
        assertThat(login.secret()).isEqualTo("first");

        Files.writeString(file, "second");
        assertThat(login.secret()).isEqualTo("second");

        Files.delete(file);
        assertThat(login.secret())
                .as("the last one, while the file is exchanged")
                .isEqualTo("second");
        assertThat(login.toString()).doesNotContain("second");
    }

    @Test
    void refusesAFileThatCannotBeRead(@TempDir Path directory) {
        assertThatThrownBy(() -> TestSettings.of(
                        "bangwo8.password",
                        "",
                        "bangwo8.password-file",
                        directory.resolve("absent").toString()))
                .hasMessageStartingWith("bangwo8.password-file is '" + directory)
                .hasMessageEndingWith("this file cannot be read: name one that exists and is readable");
    }

    @Test
    void refusesAPasswordBesideAFileWithOne(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "first");

        assertThatThrownBy(() -> TestSettings.of("bangwo8.password-file", file.toString()))
                .hasMessage("bangwo8.password-file is set, and bangwo8.password too; remove one of them");
    }

    @Test
    void omitsTheLoginFromTheTextOfTheSettings() {
        assertThat(TestSettings.of().toString())
                .contains("Login[BASIC]")
                .doesNotContain(TestSettings.ACCOUNT)
                .doesNotContain(TestSettings.PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({
        "https://me:hush@www.bangwo8.com,    https://***@www.bangwo8.com",
        "https://me:hu/sh@www.bangwo8.com,   https://***@www.bangwo8.com",
        "https://me:hu sh@www.bangwo8.com,   https://***@www.bangwo8.com",
        "https://me:hush@hush@a.example.org, https://***@a.example.org",
        "me:hush@www.bangwo8.com,            ***@www.bangwo8.com",
        "//me:hush@www.bangwo8.com,          ***@www.bangwo8.com",
        "https:me:hush@www.bangwo8.com,      ***@www.bangwo8.com",
    })
    void redactsALoginInTheBaseUrl(String configured, String redacted) {
        assertThat(errorsOf("bangwo8.base-url", configured))
                .hasMessageStartingWith("bangwo8.base-url is '" + redacted + "', but");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://Api.Example.org:443/, https://api.example.org",
        "HTTP://127.0.0.1:80,          http://127.0.0.1",
        "http://[::1]:8080/,           http://[::1]:8080",
        "https://api.example.org:8443, https://api.example.org:8443",
    })
    void normalisesSchemeAndPort(String configured, String expected) {
        assertThat(TestSettings.of("bangwo8.base-url", configured).api().baseUrl())
                .hasToString(expected);
    }

    @Test
    void refusesClearTextBeyondThisMachineUnlessAllowed() {
        assertThat(errorsOf("bangwo8.base-url", "HTTP://api.example.org"))
                .hasMessageContaining("bangwo8.allow-clear-text");
        Settings.Network allowed = TestSettings.of(
                        "bangwo8.base-url", "http://api.example.org", "bangwo8.allow-clear-text", "true")
                .api()
                .network();
        assertThat(allowed.clearText()).isTrue();
        assertThat(TestSettings.of("bangwo8.base-url", "http://localhost:1")
                        .api()
                        .network()
                        .clearText())
                .isFalse();
    }

    @Test
    void namesAnUnderscoreInAHostName() {
        assertThat(errorsOf("bangwo8.base-url", "https://help_desk.example.org"))
                .hasMessageContaining("underscore");
    }

    @Test
    void readsAProxyWithAnEncodedLoginAndNeverShowsIt() {
        Settings settings = TestSettings.of("bangwo8.proxy", "http://me:p%40ss%3A1@proxy.example.org:3128/");

        assertThat(settings.api().network().proxy()).contains(new HttpProxy("proxy.example.org", 3128, "me", "p@ss:1"));
        assertThat(settings.toString())
                .contains("http://proxy.example.org:3128")
                .doesNotContain("p@ss");
        assertThat(errorsOf("bangwo8.proxy", "socks://me:hush@proxy:1"))
                .hasMessageContaining("http://")
                .hasMessageNotContaining("hush");
        assertThat(errorsOf("bangwo8.proxy", "http://proxy")).hasMessageContaining("a port");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTPS_PROXY=http://a:1                        | http://a:1
            https_proxy=a:1                               | http://a:1
            HTTPS_PROXY=http://a:1;NO_PROXY=bangwo8.com   |
            HTTPS_PROXY=http://a:1;no_proxy=.bangwo8.com  |
            HTTPS_PROXY=http://a:1;NO_PROXY=*             |
            HTTPS_PROXY=http://a:1;NO_PROXY=o8.com,b.org  | http://a:1
            HTTP_PROXY=http://a:1                         |
            """)
    void takesTheProxyOfTheEnvironment(String variables, String expected) {
        Map<String, String> environment = Arrays.stream(variables.split(";"))
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        Settings settings = new SettingsReader(TestSettings.config(), environment::get).settings();

        assertThat(settings.api().network().proxy().map(HttpProxy::toString)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void namesATrustStoreThatCannotBeRead() {
        assertThat(errorsOf("bangwo8.trust-store", "/does/not/exist.pem"))
                .hasMessageStartingWith("bangwo8.trust-store is '/does/not/exist.pem', but it cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.org", "https://api.example.org/", "https://API.example.ORG"})
    void normalisesTheBaseUrl(String configured) {
        assertThat(TestSettings.of("bangwo8.base-url", configured).api().baseUrl())
                .hasToString("https://api.example.org");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "15m, PT15M", "2h, PT2H", "1d, PT24H"})
    void readsDurationsInEveryUnit(String configured, Duration expected) {
        assertThat(TestSettings.of("bangwo8.poll-interval", configured)
                        .scanning()
                        .pollInterval())
                .isEqualTo(expected);
    }

    @Test
    void usesConfiguredValuesInsteadOfDefaults() {
        Settings settings = TestSettings.of(
                "bangwo8.start-date",
                "2026-01-31",
                "bangwo8.agents",
                "12, 7",
                "bangwo8.requests-per-second",
                "0",
                "bangwo8.once",
                "true",
                "bangwo8.topics.state",
                "mine.state");

        assertThat(settings.scanning().startDate()).contains(LocalDate.of(2026, 1, 31));
        assertThat(settings.agents()).containsExactly("12", "7");
        assertThat(settings.api().requestsPerSecond()).isZero();
        assertThat(settings.once()).isTrue();
        assertThat(settings.topic("state")).isEqualTo("mine.state");
    }

    @Test
    void acceptsAnEmptyListOfSources() {
        assertThat(TestSettings.of("bangwo8.sources", "").sources()).isEmpty();
    }

    @Test
    void requiresAgentsForTheSourceAgentRecords() {
        assertThat(errorsOf("bangwo8.sources", "tickets, agent-records"))
                .hasMessage("bangwo8.agents is missing; the source agent-records requires it");
    }

    private static ConfigurationException errorsOf(String... keysAndValues) {
        return catchThrowableOfType(ConfigurationException.class, () -> TestSettings.of(keysAndValues));
    }
}
