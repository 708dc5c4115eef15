package dev.freshet.server.stream;

import dev.freshet.server.http.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The names of a subscription's parameters. Pure.
 *
 * <p>Unknown names are ignored: clients add some of their own, against caches for example. But one that was clearly meant
 * for a cursor or a topic is refused, because to ignore it would lose events in silence.
 */
final class ParameterNames {
    /** All spellings of the cursor. */
    static final List<String> CURSOR = List.of("last-event-id", "lastEventId", "lastEventID", "last_event_id");

    private static final Map<String, String> OTHERS =
            Map.of("topic", "topic", "topics", "topic", "since", "since", "last", "last", "connected", "connected");
    private static final Set<String> KNOWN = known();

    private ParameterNames() {}

    static void requireNoneMisspelled(Set<String> names) {
        names.stream().filter(name -> !KNOWN.contains(name)).forEach(ParameterNames::requireUnrelated);
    }

    private static void requireUnrelated(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        String meant = letters.contains("lasteventid") ? CURSOR.get(0) : OTHERS.get(letters);
        if (meant != null) {
            throw Problem.badRequest(name + ": unknown (expected: " + meant + ")")
                    .asException();
        }
    }

    private static Set<String> known() {
        Set<String> known = new HashSet<>(CURSOR);
        known.addAll(Set.of("topic", "since", "last", "connected"));
        return known;
    }
}
