package io.bangwo8stream.record;

/** A field table that has to be corrected; the message names the file, the field and the mistake. */
public final class BrokenFieldTableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BrokenFieldTableException(String table, String mistake) {
        super("Field table " + table + ": " + mistake);
    }
}
