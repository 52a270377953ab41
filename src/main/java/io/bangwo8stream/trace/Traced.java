package io.bangwo8stream.trace;

import io.opentelemetry.api.trace.Span;

/** What calls belong to while it is the variable {@code page} of their exchange. */
public interface Traced {

    /** The parent of the spans of these calls. */
    Span span();
}
