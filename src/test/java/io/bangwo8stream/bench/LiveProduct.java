package io.bangwo8stream.bench;

import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.process.PackagedProduct;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The packaged product as a service that runs until it is ended, with one source of remote-assistance records.
 *
 * @param route file of a source to use in the place of {@code remote-records}, or {@code null}
 */
record LiveProduct(MeasuredProgram.Conditions conditions, Path project, Path route) {

    /**
     * Starts the product.
     *
     * @param api      base URL of the API
     * @param topic    to write to; also the tenant
     * @param settings environment variables of this run
     */
    JavaProcess start(String api, String topic, Map<String, String> settings) {
        Map<String, String> environment = conditions.environment(api, topic);
        environment.put("BANGWO8_SOURCES", "remote-records");
        environment.put("BANGWO8_TOPICS_REMOTE_RECORDS", topic);
        environment.put("BANGWO8_TOPICS_STATUS", topic + "-status");
        environment.put("BANGWO8_TOPICS_DEAD_LETTERS", topic + "-dead-letters");
        if (route != null) {
            environment.put("BANGWO8_SOURCES", "listed-records");
            environment.put("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", "classpath:routes/*.camel.yaml,file:" + route);
        }
        environment.putAll(settings);
        return JavaProcess.ofJar(project.resolve(PackagedProduct.JAR))
                .options(List.copyOf(conditions.jvmOptions()))
                .environment(environment)
                .endOnShutdown()
                .start();
    }
}
