package io.bangwo8stream.api;

import io.bangwo8stream.config.StreamConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.util.TimeUtils;

/** How often a call that may succeed later is retried, and after which pauses. */
class RetryPolicyProducer {

    private static final long LONGEST_PAUSE_MS = 30_000;
    private static final double JITTER = 0.3;

    @Produces
    @Singleton
    @Named("apiRetryPolicy")
    RedeliveryPolicy policy(StreamConfig config) {
        RedeliveryPolicy policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(Integer.parseInt(config.maxRetries().strip()));
        policy.setRedeliveryDelay(TimeUtils.toMilliSeconds(config.retryDelay().strip()));
        policy.setMaximumRedeliveryDelay(LONGEST_PAUSE_MS);
        policy.setUseExponentialBackOff(true);
        policy.setBackOffMultiplier(2);
        policy.setUseCollisionAvoidance(true);
        policy.setCollisionAvoidanceFactor(JITTER);
        // The end of the process must not wait for an API that does not respond.
        policy.setAllowRedeliveryWhileStopping(false);
        // The caller reports a failure, once.
        policy.setLogExhausted(false);
        policy.setLogRetryAttempted(false);
        return policy;
    }
}
