package dev.freshet.hub.log.durable;

import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.Framing;

/**
 * Which events to read. Immutable.
 *
 * @param from the offset of the first event
 * @param to the offset behind the last one
 * @param filter which of them
 * @param encoding what stands in their bytes
 * @param framing how they are wrapped
 * @param maxBytes about how many bytes at most; a larger event comes alone
 */
public record PageRequest(
        long from, long to, EventFilter filter, EventEncoding encoding, Framing framing, int maxBytes) {
    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if there is nothing between them, or no byte is allowed
     */
    public PageRequest {
        if (from < 1 || to <= from || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "page: " + from + " to " + to + ", " + maxBytes + " bytes (expected: 1 <= from < to, some bytes)");
        }
    }
}
