package io.bangwo8stream.standin;

import io.bangwo8stream.process.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1 that has signed itself, made by the JDK's keytool. */
public final class TestCertificate {

    public static final String PASSWORD = "store-secret-4711";

    private final Path store;

    private TestCertificate(Path store) {
        this.store = store;
    }

    /** @param store the PKCS12 file with the certificate and its key, which must not exist yet */
    public static TestCertificate create(Path store, String name) {
        Tool.ofJdk("keytool")
                .run(
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "key",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD);
        return new TestCertificate(store);
    }

    public Path pkcs12() {
        return store;
    }

    /** Writes the certificate, and its key if wanted, as PEM. */
    public Path pem(boolean withKey) throws IOException, GeneralSecurityException {
        KeyStore read = read();
        String text = block("CERTIFICATE", read.getCertificate("key").getEncoded())
                + (withKey
                        ? block(
                                "PRIVATE KEY",
                                read.getKey("key", PASSWORD.toCharArray()).getEncoded())
                        : "");
        return Files.writeString(Path.of(store + (withKey ? ".key" : "") + ".pem"), text);
    }

    /** The TLS settings of a server with this certificate that trusts {@code clients}, or needs none of them. */
    public SSLContext server(TestCertificate clients) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(read(), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", clients.read().getCertificate("key"));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore read() throws IOException, GeneralSecurityException {
        KeyStore read = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            read.load(in, PASSWORD.toCharArray());
        }
        return read;
    }

    private static String block(String name, byte[] bytes) {
        return "-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + name
                + "-----\n";
    }
}
