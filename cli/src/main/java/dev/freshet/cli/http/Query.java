package dev.freshet.cli.http;

import java.util.Optional;

/** The query of a request while it is put together. Confined to one thread. */
public final class Query {
    private final StringBuilder text = new StringBuilder();

    /** Creates an empty query. */
    public Query() {}

    /**
     * Adds a parameter.
     *
     * @param name its name, of unreserved characters
     * @param value its value, any text
     * @return this query
     */
    public Query with(String name, String value) {
        text.append(text.isEmpty() ? '?' : '&').append(name).append('=').append(PercentEncoder.value(value));
        return this;
    }

    /**
     * Adds a parameter that may be absent.
     *
     * @param name its name, of unreserved characters
     * @param value its value; empty adds nothing
     * @return this query
     */
    public Query with(String name, Optional<String> value) {
        value.ifPresent(present -> with(name, present));
        return this;
    }

    /** The query with its question mark; the empty string if it has no parameter. */
    @Override
    public String toString() {
        return text.toString();
    }
}
