package dev.freshet.client.json;

import java.util.Locale;

/** Writes one flat object of JSON (RFC 8259), member by member. Not thread-safe. */
public final class JsonWriter {

    private final StringBuilder text = new StringBuilder("{");

    /** An object without members. */
    public JsonWriter() {}

    /**
     * Adds a string.
     *
     * @param name the member's name
     * @param value its value
     * @return this
     */
    public JsonWriter string(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    /**
     * Adds an array of strings.
     *
     * @param name the member's name
     * @param values its values
     * @return this
     */
    public JsonWriter strings(String name, Iterable<String> values) {
        name(name).append('[');
        String separator = "";
        for (String value : values) {
            text.append(separator);
            quote(value);
            separator = ",";
        }
        text.append(']');
        return this;
    }

    /**
     * Adds a number.
     *
     * @param name the member's name
     * @param value its value
     * @return this
     */
    public JsonWriter number(String name, long value) {
        name(name).append(value);
        return this;
    }

    /**
     * Adds a truth.
     *
     * @param name the member's name
     * @param value its value
     * @return this
     */
    public JsonWriter truth(String name, boolean value) {
        name(name).append(value);
        return this;
    }

    /**
     * The object as written so far.
     *
     * @return its text, on one line
     */
    public String end() {
        return text + "}";
    }

    private StringBuilder name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        return text.append(':');
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            append(value.charAt(i));
        }
        text.append('"');
    }

    private void append(char value) {
        if (value == '"' || value == '\\') {
            text.append('\\').append(value);
        } else if (value < ' ') {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) value));
        } else {
            text.append(value);
        }
    }
}
