package dev.freshet.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Header fields in their order. Names are compared without regard to case, a name may occur several times (RFC 9110 5).
 * A field that could inject a line cannot be built. Immutable.
 */
public final class Headers {
    private static final Headers EMPTY = new Headers(List.of());

    /** Names at even places, their values at the odd ones. */
    private final List<String> fields;

    private Headers(List<String> fields) {
        this.fields = fields;
    }

    /**
     * No fields.
     *
     * @return the empty headers
     */
    public static Headers empty() {
        return EMPTY;
    }

    /**
     * The given fields, in their order.
     *
     * @param namesAndValues name, value, name, value, ..
     * @return the headers
     * @throws IllegalArgumentException if a name is not a token, a value has a control character, or the last value is missing
     */
    public static Headers of(String... namesAndValues) {
        return of(List.of(namesAndValues));
    }

    /**
     * The given fields, in their order.
     *
     * @param namesAndValues name, value, name, value, ..
     * @return the headers
     * @throws IllegalArgumentException if a name is not a token, a value has a control character, or the last value is missing
     */
    public static Headers of(List<String> namesAndValues) {
        if (namesAndValues.size() % 2 != 0) {
            throw new IllegalArgumentException("headers: " + namesAndValues.size() + " strings (expected: pairs)");
        }
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            FieldSyntax.check(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
        return new Headers(List.copyOf(namesAndValues));
    }

    /**
     * These fields and one more at the end.
     *
     * @param name the field's name
     * @param value its value
     * @return the longer headers
     * @throws IllegalArgumentException if the name is not a token or the value has a control character
     */
    public Headers with(String name, String value) {
        return with(of(name, value));
    }

    /**
     * These fields followed by others.
     *
     * @param others the fields to add
     * @return the longer headers
     */
    public Headers with(Headers others) {
        List<String> all = new ArrayList<>(fields.size() + others.fields.size());
        all.addAll(fields);
        all.addAll(others.fields);
        return new Headers(List.copyOf(all));
    }

    /**
     * The first value of a field.
     *
     * @param name the field's name, in any case
     * @return its first value, empty if there is no such field
     */
    public Optional<String> first(String name) {
        int at = indexOf(name, 0);
        return at < 0 ? Optional.empty() : Optional.of(fields.get(at + 1));
    }

    /**
     * All values of a field, in their order, lists not taken apart.
     *
     * @param name the field's name, in any case
     * @return its values, empty if there is no such field
     */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (int at = indexOf(name, 0); at >= 0; at = indexOf(name, at + 2)) {
            values.add(fields.get(at + 1));
        }
        return values;
    }

    /**
     * Whether a field is there.
     *
     * @param name the field's name, in any case
     * @return true if it occurs at least once
     */
    public boolean contains(String name) {
        return indexOf(name, 0) >= 0;
    }

    /**
     * Whether a list field, such as {@code Connection} or {@code Vary}, names a member.
     *
     * @param name the field's name, in any case
     * @param member the member, in any case
     * @return true if one of the field's comma-separated members is it
     */
    public boolean lists(String name, String member) {
        for (String value : all(name)) {
            for (String part : value.split(",", -1)) {
                if (part.strip().equalsIgnoreCase(member)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The media type of the content: {@code Content-Type} without its parameters, in lower case.
     *
     * @return the media type, empty if none is named
     */
    public Optional<String> mediaType() {
        return first("Content-Type")
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(type -> !type.isEmpty());
    }

    /**
     * How many fields there are.
     *
     * @return the number of fields, each occurrence counted
     */
    public int size() {
        return fields.size() / 2;
    }

    /**
     * Hands over every field in its order.
     *
     * @param action gets name and value
     */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < fields.size(); i += 2) {
            action.accept(fields.get(i), fields.get(i + 1));
        }
    }

    /** Names only: a value may be a secret. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>(size());
        forEach((name, value) -> names.add(name));
        return names.toString();
    }

    private int indexOf(String name, int from) {
        for (int i = from; i < fields.size(); i += 2) {
            if (fields.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
