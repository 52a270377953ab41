package io.bangwo8stream.config;

import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.text.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Certificates of a file, PEM or PKCS12, with their private key where the file is a key store.
 *
 * @param file from which they were read
 */
record CertificateStore(String file, KeyStore store, char[] password) {

    /** Protects the key of a PEM file, which has no password, while it is in memory. */
    private static final char[] IN_MEMORY = "memory".toCharArray();

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

    /** @param withKey whether the file must contain a private key with its certificate */
    static CertificateStore read(String file, Optional<String> password, boolean withKey) {
        password.ifPresent(secret -> Secrets.know(withKey ? "key-store" : "trust-store", secret));
        char[] secret = password.map(String::toCharArray).orElse(null);
        try {
            byte[] bytes = Files.readAllBytes(Path.of(file));
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            KeyStore store = text.contains("-----BEGIN") ? pem(text, withKey) : pkcs12(bytes, secret);
            if (!contains(store, withKey)) {
                throw new IllegalArgumentException(
                        withKey
                                ? "it contains no private key with a certificate"
                                : "it contains no trusted certificate; a PKCS12 file needs its password");
            }
            return new CertificateStore(file, store, secret == null ? IN_MEMORY : secret);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "it cannot be read as PEM, nor as PKCS12 with the password that is set: "
                            + SafeText.named(unreadable),
                    unreadable);
        }
    }

    private static boolean contains(KeyStore store, boolean key) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (key ? store.isKeyEntry(alias) : store.isCertificateEntry(alias)) {
                return true;
            }
        }
        return false;
    }

    private static KeyStore pkcs12(byte[] bytes, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), password);
        return store;
    }

    private static KeyStore pem(String text, boolean withKey) throws IOException, GeneralSecurityException {
        List<Certificate> certificates = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (String block :
                CERTIFICATE.matcher(text).results().map(r -> r.group()).toList()) {
            certificates.add(
                    factory.generateCertificate(new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1))));
        }
        KeyStore store = empty();
        if (withKey && !certificates.isEmpty()) {
            store.setKeyEntry("key", privateKey(text), IN_MEMORY, certificates.toArray(new Certificate[0]));
        }
        for (int i = 0; i < certificates.size() && !withKey; i++) {
            store.setCertificateEntry("ca-" + i, certificates.get(i));
        }
        return store;
    }

    private static PrivateKey privateKey(String text) throws GeneralSecurityException {
        byte[] key = KEY.matcher(text)
                .results()
                .findFirst()
                .map(found -> Base64.getMimeDecoder().decode(found.group(1)))
                .orElseThrow(() -> new IllegalArgumentException("its private key must be an unencrypted PKCS8 key,"
                        + " which starts with -----BEGIN PRIVATE KEY-----, or the file must be PKCS12"));
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (GeneralSecurityException noRsaKey) {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** The TLS settings of the product: the CAs of the JDK and those of {@code trusted}, and the keys of {@code own}. */
    static SSLContext context(Optional<CertificateStore> trusted, Optional<CertificateStore> own) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(
                    own.map(CertificateStore::store).orElse(null),
                    own.map(CertificateStore::password).orElse(null));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.isEmpty() ? null : keys.getKeyManagers(), trustManagers(trusted), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalArgumentException("it cannot be used: " + SafeText.named(unusable), unusable);
        }
    }

    private static TrustManager[] trustManagers(Optional<CertificateStore> added)
            throws IOException, GeneralSecurityException {
        KeyStore all = empty();
        int number = 0;
        for (TrustManager manager : managers(null)) {
            for (X509Certificate issuer : ((X509TrustManager) manager).getAcceptedIssuers()) {
                all.setCertificateEntry("default-" + number++, issuer);
            }
        }
        if (added.isPresent()) {
            KeyStore store = added.get().store();
            for (String alias : Collections.list(store.aliases())) {
                all.setCertificateEntry("added-" + alias, store.getCertificate(alias));
            }
        }
        return managers(all);
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
