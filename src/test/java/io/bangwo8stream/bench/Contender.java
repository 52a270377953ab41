package io.bangwo8stream.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is measured: a process that walks an API once, writes its records to a topic, and says {@code scanned}. */
interface Contender {

    String name();

    /**
     * Starts it.
     *
     * @param api   base URL of the API
     * @param topic to write to, which no run has used before
     */
    Child start(String api, String topic);

    /**
     * Where and how both run.
     *
     * @param jvm      options of the JVM
     * @param inFlight calls under way at once
     */
    record Conditions(List<String> jvm, String bootstrapServers, int inFlight) {}

    /** What is to be walked. */
    enum Job {
        JOINED("remote-records"),
        LISTED("listed-records"),
        TICKETS("tickets");

        private final String source;

        Job(String source) {
            this.source = source;
        }

        /** The source of the product that does it. */
        String source() {
            return source;
        }

        /** Events of tickets go to one topic, those of records to another. */
        String topicVariable() {
            return this == TICKETS ? "BANGWO8_TOPICS_TICKETS" : "BANGWO8_TOPICS_REMOTE_RECORDS";
        }
    }

    /** The packaged product in {@code once} mode, with one source, and more variables where a case needs them. */
    record Product(Conditions conditions, Path jar, Job job, Map<String, String> more) implements Contender {

        @Override
        public String name() {
            return "product";
        }

        @Override
        public Child start(String api, String topic) {
            Map<String, String> environment = new HashMap<>(more);
            environment.put("KAFKA_BOOTSTRAP_SERVERS", conditions.bootstrapServers());
            environment.put("BANGWO8_BASE_URL", api);
            environment.put("BANGWO8_ACCOUNT", "demo");
            environment.put("BANGWO8_PASSWORD", "demo");
            environment.put("BANGWO8_ONCE", "true");
            environment.put("BANGWO8_REQUESTS_PER_SECOND", "0");
            environment.put("BANGWO8_MAX_IN_FLIGHT", Integer.toString(conditions.inFlight()));
            environment.put("BANGWO8_TENANT", topic);
            environment.put(job.topicVariable(), topic);
            environment.put("BANGWO8_TOPICS_STATE", topic + "-state");
            // The ceiling has no texts for the ids of problem types.
            environment.put("BANGWO8_PROBLEM_TYPE_LABELS", "false");
            environment.put("QUARKUS_MANAGEMENT_PORT", "0");
            environment.put("BANGWO8_SOURCES", job.source());
            List<String> arguments = new ArrayList<>(conditions.jvm());
            arguments.addAll(List.of("-jar", jar.toString()));
            return Child.java(environment, arguments);
        }
    }

    /** The hand-written {@link Ceiling}. */
    record ByHand(Conditions conditions, Job job) implements Contender {

        private static final Pattern NEEDED =
                Pattern.compile("classes$|/jackson-(core|databind|annotations)-|/(kafka-clients|slf4j-api)-");

        @Override
        public String name() {
            return "ceiling";
        }

        @Override
        public Child start(String api, String topic) {
            return Child.main(
                    conditions.jvm(),
                    classPath(),
                    Ceiling.class.getName(),
                    api,
                    conditions.bootstrapServers(),
                    topic,
                    Integer.toString(conditions.inFlight()),
                    job.name());
        }

        /** No more than it needs: the product's log manager would have the JDK's client write debug lines for nobody. */
        static String classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> NEEDED.matcher(entry).find())
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
