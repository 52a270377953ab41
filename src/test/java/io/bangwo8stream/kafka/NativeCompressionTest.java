package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares what the native image registers for the compression of Kafka with the libraries on the class path. */
class NativeCompressionTest {

    private static final String METADATA = "/META-INF/native-image/io.bangwo8stream/bangwo8-stream/";

    /** What Kafka reads and writes zstd with. Their native methods set fields of the object by name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.github.luben.zstd.ZstdInputStreamNoFinalizer",
                "com.github.luben.zstd.ZstdOutputStreamNoFinalizer"
            })
    void registersTheFieldsThatZstdSets(String name) throws Exception {
        Class<?> stream = Class.forName(name, false, getClass().getClassLoader());
        JsonNode fields = registered(name);

        assertThat(fields).extracting(field -> field.get("name").textValue()).containsExactly("dstPos", "srcPos");
        for (JsonNode field : fields) {
            assertThat(stream.getDeclaredField(field.get("name").textValue()).getType())
                    .isEqualTo(long.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux/amd64/", "linux/aarch64/"})
    void includesTheLibraryOfZstd(String folder) throws Exception {
        List<String> patterns = List.of(property("/application.properties", "quarkus.native.resources.includes")
                .split(","));

        assertThat(zstdLibraries(folder))
                .isNotEmpty()
                .allMatch(library -> patterns.stream()
                        .anyMatch(pattern -> FileSystems.getDefault()
                                .getPathMatcher("glob:" + pattern)
                                .matches(Path.of(library))));
    }

    @Test
    void loadsZstdAtRunTime() throws IOException {
        assertThat(property(METADATA + "native-image.properties", "Args"))
                .isEqualTo("--initialize-at-run-time=com.github.luben.zstd");
    }

    private static JsonNode registered(String name) throws IOException {
        try (InputStream in = NativeCompressionTest.class.getResourceAsStream(METADATA + "jni-config.json")) {
            for (JsonNode type : Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
                if (type.get("name").textValue().equals(name)) {
                    return type.get("fields");
                }
            }
        }
        throw new AssertionError(name + " is not registered");
    }

    private static List<String> zstdLibraries(String folder) throws Exception {
        URL jar = Class.forName("com.github.luben.zstd.Zstd", false, NativeCompressionTest.class.getClassLoader())
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        try (JarFile entries = new JarFile(Path.of(jar.toURI()).toFile())) {
            return entries.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(folder) && name.endsWith(".so"))
                    .toList();
        }
    }

    private static String property(String file, String name) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = NativeCompressionTest.class.getResourceAsStream(file)) {
            properties.load(in);
        }
        return properties.getProperty(name);
    }
}
