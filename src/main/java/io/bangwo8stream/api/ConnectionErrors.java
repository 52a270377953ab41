package io.bangwo8stream.api;

import io.bangwo8stream.text.SafeText;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Explains failures of a connection in terms of the settings that an operator can change. */
final class ConnectionErrors {

    /** What the other side has closed; where it closes a connection at once, its reason is often lost. */
    private static final Pattern CLOSED = Pattern.compile("Broken pipe|Connection reset");

    private ConnectionErrors() {}

    /**
     * The failure with an explanation, or itself where there is nothing to add.
     *
     * @param tls whether the connection uses TLS
     */
    static IOException explained(IOException failed, boolean tls) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            Optional<String> advice = advice(cause, tls);
            if (advice.isPresent()) {
                // The advice first: a long text is cut at its end.
                return new IOException(advice.get() + " (" + SafeText.of(cause) + ")", failed);
            }
        }
        return failed;
    }

    private static Optional<String> advice(Throwable cause, boolean tls) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof CertificateExpiredException) {
            return Optional.of("the certificate of the API, or of a proxy that replaces it, has expired");
        }
        if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
            return Optional.of("no trusted CA has signed the certificate of the API, or of a proxy that replaces it:"
                    + " name a file with the CA in bangwo8.trust-store");
        }
        if (cause instanceof SSLPeerUnverifiedException) {
            return Optional.of("the certificate is that of another host: see bangwo8.base-url");
        }
        if (cause instanceof SSLException && message.contains("Unsupported or unrecognized SSL message")) {
            return Optional.of("there is no TLS at this address: see bangwo8.base-url and bangwo8.proxy");
        }
        if (cause instanceof SSLException && message.contains("Received fatal alert")) {
            return Optional.of("the other side refuses the TLS connection: it may require a client's certificate, see"
                    + " bangwo8.key-store");
        }
        if (tls && cause instanceof IOException && CLOSED.matcher(message).find()) {
            // In TLS 1.3 the handshake is over for the client before the server looks at its certificate.
            return Optional.of(
                    "the other side has closed the TLS connection: it may require a client's certificate, see"
                            + " bangwo8.key-store");
        }
        return cause instanceof UnknownHostException
                ? Optional.of("this host name is unknown here: see bangwo8.base-url and bangwo8.proxy")
                : Optional.empty();
    }
}
