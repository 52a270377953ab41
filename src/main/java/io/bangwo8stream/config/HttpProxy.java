package io.bangwo8stream.config;

import io.bangwo8stream.text.Secrets;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The proxy through which the API is reached.
 *
 * @param user   or an empty text, where the proxy needs no login
 * @param secret of the user
 */
public record HttpProxy(String host, int port, String user, String secret) {

    /** Reads {@code http://user:secret@host:port}; user and secret are percent-encoded, and may be left out. */
    static HttpProxy parse(String text) {
        // Without a scheme, as many set HTTPS_PROXY.
        String address = text.contains("://") ? text : "http://" + text;
        if (!address.toLowerCase(Locale.ROOT).startsWith("http://")) {
            throw new IllegalArgumentException("it must start with http://: the product speaks plain HTTP to a proxy,"
                    + " and TLS through it to the API");
        }
        // Up to the last @: a secret that is not encoded may contain one.
        String rest = address.substring("http://".length()).replaceFirst("/+$", "");
        int at = rest.lastIndexOf('@');
        String[] login = at < 0 ? new String[] {""} : rest.substring(0, at).split(":", 2);
        URI host = hostAndPort(rest.substring(at + 1));
        HttpProxy proxy = new HttpProxy(
                host.getHost(), host.getPort(), decoded(login[0]), login.length == 2 ? decoded(login[1]) : "");
        if (!proxy.user().isEmpty()) {
            Secrets.know("proxy", proxy.user(), proxy.secret());
        }
        return proxy;
    }

    private static URI hostAndPort(String text) {
        try {
            URI uri = URI.create("http://" + text);
            if (uri.getHost() != null && uri.getPort() > 0 && uri.getRawPath().isEmpty()) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // the exception below states what is valid
        }
        throw new IllegalArgumentException("it must name a host and a port, such as http://proxy.example.org:3128");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    /** Whether {@code NO_PROXY}, a list of hosts and domains, exempts the host of {@code origin}. */
    static boolean isExempt(URI origin, String noProxy) {
        String host = origin.getHost();
        return Arrays.stream(noProxy.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .map(entry -> entry.replaceFirst(":\\d+$", "").replaceFirst("^\\*?\\.", ""))
                .anyMatch(entry ->
                        entry.equals("*") || !entry.isEmpty() && (host.equals(entry) || host.endsWith("." + entry)));
    }

    /** Returns the address only: neither the user nor the secret may reach a log. */
    @Override
    public String toString() {
        return "http://" + host + ":" + port;
    }
}
