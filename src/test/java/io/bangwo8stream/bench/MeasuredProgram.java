package io.bangwo8stream.bench;

import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.process.JavaProcessBuilder;
import java.io.File;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program that scans an API once, writes the records to a topic, and prints {@code scanned source=}. */
interface MeasuredProgram {

    String name();

    /**
     * Starts the program.
     *
     * @param api   base URL of the API
     * @param topic to write to, unused by earlier runs
     */
    JavaProcess start(String api, String topic);

    /**
     * The conditions under which both programs run.
     *
     * @param jvmOptions of their processes
     * @param inFlight   maximum number of concurrent requests
     */
    record Conditions(List<String> jvmOptions, String bootstrapServers, int inFlight) {

        Conditions with(String jvmOption) {
            return new Conditions(List.of(jvmOption), bootstrapServers, inFlight);
        }

        /** The environment variables with which the product reads {@code api}; {@code topic} is also the tenant. */
        Map<String, String> environment(String api, String topic) {
            Map<String, String> environment = new HashMap<>();
            environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
            environment.put("BANGWO8_BASE_URL", api);
            environment.put("BANGWO8_ACCOUNT", "demo");
            environment.put("BANGWO8_PASSWORD", "demo");
            environment.put("BANGWO8_REQUESTS_PER_SECOND", "0");
            environment.put("BANGWO8_MAX_IN_FLIGHT", Integer.toString(inFlight));
            environment.put("BANGWO8_TENANT", topic);
            environment.put("BANGWO8_TOPICS_STATE", topic + "-state");
            environment.put("QUARKUS_MANAGEMENT_PORT", "0");
            return environment;
        }
    }

    /** The records that a run scans. */
    enum Workload {
        JOINED("remote-records"),
        LISTED("listed-records"),
        TICKETS("tickets");

        private final String source;

        Workload(String source) {
            this.source = source;
        }

        /** The name of the source that the product scans. */
        String source() {
            return source;
        }

        /** The environment variable that names the topic of these records. */
        String topicVariable() {
            return this == TICKETS ? "BANGWO8_TOPICS_TICKETS" : "BANGWO8_TOPICS_REMOTE_RECORDS";
        }
    }

    /**
     * The packaged product in {@code once} mode, with one source.
     *
     * @param packaged what is started
     * @param more     environment variables of this workload
     */
    record Product(
            Conditions conditions, Supplier<JavaProcessBuilder> packaged, Workload workload, Map<String, String> more)
            implements MeasuredProgram {

        @Override
        public String name() {
            return "product";
        }

        @Override
        public JavaProcess start(String api, String topic) {
            Map<String, String> environment = conditions.environment(api, topic);
            environment.putAll(more);
            environment.put("BANGWO8_ONCE", "true");
            environment.put(workload.topicVariable(), topic);
            // The baseline adds no labels for the ids of problem types.
            environment.put("BANGWO8_PROBLEM_TYPE_LABELS", "false");
            environment.put("BANGWO8_SOURCES", workload.source());
            return packaged.get()
                    .options(conditions.jvmOptions())
                    .environment(environment)
                    .endOnShutdown()
                    .start();
        }
    }

    /** The hand-written {@link Baseline}. */
    record HandWritten(Conditions conditions, Workload workload) implements MeasuredProgram {

        private static final Pattern NEEDED =
                Pattern.compile("classes$|/jackson-(core|databind|annotations)-|/(kafka-clients|slf4j-api)-");

        @Override
        public String name() {
            return "baseline";
        }

        @Override
        public JavaProcess start(String api, String topic) {
            return JavaProcess.ofClass(Baseline.class, classPath())
                    .options(conditions.jvmOptions())
                    .arguments(
                            api,
                            conditions.bootstrapServers(),
                            topic,
                            Integer.toString(conditions.inFlight()),
                            workload.name())
                    .endOnShutdown()
                    .start();
        }

        /** Only what the baseline needs: the product's log manager would let the JDK's client format debug messages. */
        static String classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> NEEDED.matcher(entry).find())
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
