package io.bangwo8stream.config;

import io.bangwo8stream.config.Settings.Network;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** Reads how the API is reached: its origin, the proxy, and the certificates. */
final class NetworkReader {

    private final StreamConfig config;
    private final ConfigurationErrors errors;
    private final UnaryOperator<String> environment;

    /** @param environment returns an environment variable of the process, or {@code null} */
    NetworkReader(StreamConfig config, ConfigurationErrors errors, UnaryOperator<String> environment) {
        this.config = config;
        this.errors = errors;
        this.environment = environment;
    }

    /** The origin of the API; the login goes to it in clear text only where that is allowed. */
    URI origin() {
        Boolean allowed = errors.parse("bangwo8.allow-clear-text", config.allowClearText(), SettingParsers::bool);
        return errors.parse("bangwo8.base-url", config.baseUrl(), text -> {
            URI origin = SettingParsers.origin(text);
            if (isClearText(origin) && !Boolean.TRUE.equals(allowed)) {
                throw new IllegalArgumentException("http:// sends the login unencrypted: use https://, or set"
                        + " bangwo8.allow-clear-text=true on a network that you trust");
            }
            return origin;
        });
    }

    Network network(URI origin) {
        return new Network(proxy(origin), tls(), origin != null && isClearText(origin));
    }

    private Optional<HttpProxy> proxy(URI origin) {
        if (config.proxy().isPresent()) {
            return Optional.ofNullable(
                    errors.parse("bangwo8.proxy", config.proxy().get(), HttpProxy::parse));
        }
        if (origin == null
                || !origin.getScheme().equals("https")
                || isLoopback(origin.getHost())
                || HttpProxy.isExempt(origin, variable("NO_PROXY"))) {
            return Optional.empty();
        }
        String proxy = variable("HTTPS_PROXY");
        return proxy.isBlank()
                ? Optional.empty()
                : Optional.ofNullable(errors.parse("HTTPS_PROXY", proxy, HttpProxy::parse));
    }

    private String variable(String name) {
        String value = environment.apply(name);
        String lower = environment.apply(name.toLowerCase(Locale.ROOT));
        return value != null && !value.isBlank() ? value : lower == null ? "" : lower;
    }

    private Optional<SSLContext> tls() {
        Optional<CertificateStore> trusted = store("trust-store", config.trustStore(), config.trustStorePassword());
        Optional<CertificateStore> own = store("key-store", config.keyStore(), config.keyStorePassword());
        return trusted.isEmpty() && own.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(errors.parse(
                        own.isPresent() ? "bangwo8.key-store" : "bangwo8.trust-store",
                        own.or(() -> trusted).get().file(),
                        file -> CertificateStore.context(trusted, own)));
    }

    private Optional<CertificateStore> store(String name, Optional<String> file, Optional<String> password) {
        return file.map(path -> errors.parse(
                "bangwo8." + name, path, text -> CertificateStore.read(text, password, name.equals("key-store"))));
    }

    private static boolean isClearText(URI origin) {
        return origin.getScheme().equals("http") && !isLoopback(origin.getHost());
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }
}
