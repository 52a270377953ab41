package io.bangwo8stream.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Identifies an account of the help desk without its login. */
public final class AccountHash {

    private static final int BYTES = 8;

    private AccountHash() {}

    /** The hash of the API's origin and the login name, salted with the tenant; a changed password does not change it. */
    public static String of(Settings settings) {
        String account = String.join(
                "\n",
                settings.tenant(),
                settings.api().baseUrl().toString(),
                settings.api().login().name());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(account.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
