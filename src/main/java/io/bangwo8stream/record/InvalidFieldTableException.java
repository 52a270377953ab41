package io.bangwo8stream.record;

/** Reports a field table that has to be corrected; the message names the file, the field and the error. */
public final class InvalidFieldTableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidFieldTableException(String table, String error) {
        super("Field table " + table + ": " + error);
    }
}
