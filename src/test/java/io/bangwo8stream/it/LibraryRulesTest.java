package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.it.LibraryRules.Library;
import io.bangwo8stream.standin.Json;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibraryRulesTest {

    private static final String RULES = """
            {"refused": [{"library": "org.x:y", "below": "4.1.10", "reason": "CVE-1"},
                         {"library": "org.x:z-*", "below": "2.0", "reason": "CVE-2"}],
             "exceptions": [{"library": "org.x:z-*", "until": "2026-06-30", "reason": "not called"}],
             "absent": [{"library": "org.unused:*", "reason": "for servers"}]}
            """;

    private static final Library NEW = new Library("org.x.y", "4.1.10.Final");
    private static final Library EXCEPTED = new Library("org.x.z-core", "1.9");

    @Test
    void acceptsNewerVersionsAndAnException() {
        assertThat(violations("2026-06-30", NEW, EXCEPTED)).isEmpty();
    }

    @Test
    void refusesAnOlderVersionWithTheReason() {
        assertThat(violations("2026-01-31", new Library("org.x.y", "4.1.9.Final"), EXCEPTED))
                .containsExactly("org.x.y 4.1.9.Final is older than 4.1.10: CVE-1");
    }

    @Test
    void refusesAnExceptionThatHasExpired() {
        assertThat(violations("2026-07-01", NEW, EXCEPTED))
                .containsExactly(
                        "org.x.z-core 1.9 is older than 2.0: CVE-2",
                        "the exception for org.x:z-* has expired on 2026-06-30: take a newer version, or give a new"
                                + " reason and date");
    }

    @Test
    void refusesAnExceptionThatIsNotNeeded() {
        assertThat(violations("2026-01-31", NEW, new Library("org.x.z-core", "2.0")))
                .containsExactly("the exception for org.x:z-* is not needed any more: remove it");
    }

    @Test
    void refusesWhatNobodyNeeds() {
        assertThat(violations("2026-01-31", EXCEPTED, new Library("org.unused.native", "1")))
                .containsExactly("org.unused.native is packaged, but nobody needs it: for servers");
    }

    private static List<String> violations(String today, Library... libraries) {
        return new LibraryRules(Json.read(RULES), LocalDate.parse(today)).violations(List.of(libraries));
    }
}
