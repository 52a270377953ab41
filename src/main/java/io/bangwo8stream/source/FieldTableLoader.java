package io.bangwo8stream.source;

import io.bangwo8stream.record.FieldTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Finds the field tables that sources name: beside the routes, or in the product. */
public final class FieldTableLoader {

    private FieldTableLoader() {}

    /**
     * The table {@code name}: {@code name.fields.json} in a folder of routes, otherwise the packaged one.
     *
     * @throws IllegalArgumentException when there is no such table, or naming the field in it that is wrong
     */
    public static FieldTable get(String name, RouteSet files) {
        return files.table(name).map(FieldTableLoader::read).orElseGet(() -> packaged(name));
    }

    private static FieldTable read(RouteFile file) {
        try {
            return FieldTable.read(file.location(), new ByteArrayInputStream(file.bytes()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the field table " + file.place() + " cannot be read", unreadable);
        }
    }

    private static FieldTable packaged(String name) {
        try {
            return FieldTable.bundled(name);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "the field table " + name + " is missing: put " + name + ".fields.json beside the route", unknown);
        }
    }
}
