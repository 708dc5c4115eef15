package dev.freshet.cli.subscribe;

import dev.freshet.cli.http.Query;
import java.util.Optional;

/**
 * Where a stream begins, as the user said it; without anything, it begins now. Immutable; the hub checks the values.
 *
 * @param lastEventId after this event
 * @param since at this time, or that long ago
 * @param last with this many events
 */
public record StartAt(Optional<String> lastEventId, Optional<String> since, Optional<Integer> last) {

    Query addTo(Query query) {
        return query.with("since", since).with("last", last.map(String::valueOf));
    }
}
