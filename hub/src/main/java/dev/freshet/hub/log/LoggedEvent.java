package dev.freshet.hub.log;

import dev.freshet.hub.publication.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A publication that has its place in the log. Immutable.
 *
 * @param offset its place
 * @param timeMs when it was appended, in milliseconds since 1970
 * @param id its id on the wire: the publisher's, or else its position's
 * @param publication what was published
 */
public record LoggedEvent(long offset, long timeMs, String id, Publication publication) {
    /**
     * Gives publications their places, times and ids.
     *
     * @param epoch the log's incarnation
     * @param first the offset of the first one; the others follow
     * @param timeMs when they are appended
     * @param publications what was published
     * @return the events, in order
     * @throws AppendRefusedException if one brought an id that has the form of this log's own
     */
    public static List<LoggedEvent> place(String epoch, long first, long timeMs, List<Publication> publications) {
        List<LoggedEvent> events = new ArrayList<>(publications.size());
        for (Publication publication : publications) {
            long offset = first + events.size();
            Optional<String> own = publication.event().id();
            own.ifPresent(id -> requireNotForged(id, epoch));
            String id = own.orElseGet(() -> new EventPosition(epoch, offset).id());
            events.add(new LoggedEvent(offset, timeMs, id, publication));
        }
        return events;
    }

    /** The end of a time that does not end. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * Returns until when the event is replayed.
     *
     * @return milliseconds since 1970; {@link #NEVER} if the publication has no time to live
     */
    public long expiresMs() {
        return publication.ttl().map(ttl -> timeMs + ttl.toMillis()).orElse(NEVER);
    }

    private static void requireNotForged(String id, String epoch) {
        if (EventPosition.parse(id).filter(at -> at.epoch().equals(epoch)).isPresent()) {
            throw new AppendRefusedException(
                    AppendRefusedException.Cause.RESERVED_ID,
                    "id: " + id + " (expected: an id that does not begin with this log's " + epoch + "-)");
        }
    }
}
