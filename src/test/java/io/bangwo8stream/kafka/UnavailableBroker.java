package io.bangwo8stream.kafka;

/** Lets tests of other packages act as if no broker answered. */
public final class UnavailableBroker {

    private UnavailableBroker() {}

    public static BrokerUnavailableException exception(String message) {
        return new BrokerUnavailableException(message, null);
    }
}
