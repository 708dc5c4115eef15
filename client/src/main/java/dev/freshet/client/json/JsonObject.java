package dev.freshet.client.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An object of JSON, read. Immutable.
 *
 * <p>A member that is missing, null, or of another type than asked for is empty.
 */
public final class JsonObject {

    private final Map<String, Object> members;

    JsonObject(Map<String, Object> members) {
        this.members = Map.copyOf(members);
    }

    /**
     * A member that is a string.
     *
     * @param name its name
     * @return the string
     */
    public Optional<String> string(String name) {
        return Optional.ofNullable(members.get(name))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /**
     * A member that is a whole number.
     *
     * @param name its name
     * @return the number, if it fits
     */
    public OptionalInt number(String name) {
        if (members.get(name) instanceof Double value && value.intValue() == value) {
            return OptionalInt.of(value.intValue());
        }
        return OptionalInt.empty();
    }

    /**
     * A member that is an array of strings.
     *
     * @param name its name
     * @return the strings
     */
    public Optional<List<String>> strings(String name) {
        if (members.get(name) instanceof List<?> values && values.stream().allMatch(String.class::isInstance)) {
            return Optional.of(values.stream().map(String.class::cast).toList());
        }
        return Optional.empty();
    }
}
