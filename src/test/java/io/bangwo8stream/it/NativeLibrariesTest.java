package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Holds the versions of libraries that only the native binary has to those that {@code libraries.json} permits. */
class NativeLibrariesTest {

    private final Map<String, String> permitted = new TreeMap<>();

    @Test
    void theNativeProfileChangesOnlyThePermittedVersionsAndOnlyUntilTheirDates() throws Exception {
        for (JsonNode exception : rules().get("native")) {
            String property = exception.get("property").asText();
            permitted.put(property, exception.get("version").asText());
            assertThat(LocalDate.now(ZoneOffset.UTC))
                    .as("the exception for %s of the native binary: take a newer version, or give a new date", property)
                    .isBeforeOrEqualTo(exception.get("until").asText());
        }

        assertThat(versionsOfTheNativeProfile()).isEqualTo(permitted);
    }

    private static JsonNode rules() {
        try (InputStream json = NativeLibrariesTest.class.getResourceAsStream("/packaged/libraries.json")) {
            return Json.read(new String(json.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> versionsOfTheNativeProfile() throws Exception {
        Element pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getDocumentElement();
        Map<String, String> versions = new TreeMap<>();
        NodeList profiles = pom.getElementsByTagName("profile");
        for (int i = 0; i < profiles.getLength(); i++) {
            Element profile = (Element) profiles.item(i);
            if (child(profile, "id").getTextContent().equals("native")) {
                addVersions(child(profile, "properties"), versions);
            }
        }
        return versions;
    }

    private static void addVersions(Element properties, Map<String, String> versions) {
        NodeList all = properties.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            String name = all.item(i).getNodeName();
            if (name.endsWith(".version")) {
                versions.put(name, all.item(i).getTextContent());
            }
        }
    }

    private static Element child(Element parent, String name) {
        return (Element) parent.getElementsByTagName(name).item(0);
    }
}
