package dev.freshet.hub.log;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the log, and the id that an event has on the wire, for example {@code k7f2-1z}. Immutable.
 *
 * @param epoch names the log's incarnation: 1 to 13 digits of base 36
 * @param offset the event's place; the first event has 1, and 0 stands before it
 */
public record EventPosition(String epoch, long offset) {
    private static final int RADIX = 36;
    private static final Pattern WIRE = Pattern.compile("([0-9a-z]{1,13})-([0-9a-z]{1,12})");
    private static final Pattern EPOCH = Pattern.compile("[0-9a-z]{1,13}");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the epoch has other characters, or the offset is negative
     */
    public EventPosition {
        if (!EPOCH.matcher(epoch).matches()) {
            throw new IllegalArgumentException("epoch: " + epoch + " (expected: 1 to 13 of 0-9 and a-z)");
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset: " + offset + " (expected: 0 or more)");
        }
    }

    /**
     * Reads an id.
     *
     * @param id the text on the wire
     * @return the position, or empty if the text has not the form of one
     */
    public static Optional<EventPosition> parse(String id) {
        Matcher matcher = WIRE.matcher(id);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new EventPosition(matcher.group(1), Long.parseLong(matcher.group(2), RADIX)));
    }

    /**
     * Returns the id on the wire.
     *
     * @return epoch, hyphen and offset in base 36
     */
    public String id() {
        return epoch + '-' + Long.toString(offset, RADIX);
    }
}
