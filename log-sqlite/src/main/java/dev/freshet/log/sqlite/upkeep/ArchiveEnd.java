package dev.freshet.log.sqlite.upkeep;

import dev.freshet.hub.log.EventPosition;
import java.util.HashMap;
import java.util.Map;

/**
 * Stands behind the events of an export that is complete. Immutable.
 *
 * @param head the place of the next event of the log
 * @param thinned which of its events are missing: selectors, and the highest place up to which some of their topics' events
 *     are gone
 */
public record ArchiveEnd(EventPosition head, Map<String, Long> thinned) implements ArchiveEntry {
    /** Copies the map. */
    public ArchiveEnd {
        thinned = Map.copyOf(thinned);
    }

    /**
     * Returns the end of an export that goes on with an earlier one.
     *
     * @param earlier what the end of the earlier one said is missing
     * @return this, with what is missing in either
     */
    public ArchiveEnd and(Map<String, Long> earlier) {
        Map<String, Long> all = new HashMap<>(thinned);
        earlier.forEach((selector, upTo) -> all.merge(selector, upTo, Math::max));
        return new ArchiveEnd(head, all);
    }
}
