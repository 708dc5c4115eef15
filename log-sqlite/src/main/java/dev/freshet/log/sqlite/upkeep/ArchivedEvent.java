package dev.freshet.log.sqlite.upkeep;

import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.publication.Publication;
import java.util.Optional;

/**
 * An event outside of a log. Immutable.
 *
 * @param place where it stood in the log that it comes from, if it comes from one
 * @param timeMs when it was appended there, in milliseconds since 1970
 * @param publication what was published; its time to live counts from {@code timeMs}
 */
public record ArchivedEvent(Optional<EventPosition> place, long timeMs, Publication publication)
        implements ArchiveEntry {
    /**
     * Takes an event out of a log.
     *
     * @param epoch the log's incarnation
     * @param event the event
     * @return the same outside of it
     */
    public static ArchivedEvent of(String epoch, LoggedEvent event) {
        return new ArchivedEvent(
                Optional.of(new EventPosition(epoch, event.offset())), event.timeMs(), event.publication());
    }

    /** The id by which an import knows whether it has the event; empty if there is none. */
    Optional<String> identity() {
        return place.map(EventPosition::id).or(() -> publication.event().id());
    }
}
