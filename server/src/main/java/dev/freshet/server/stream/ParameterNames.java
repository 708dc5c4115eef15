package dev.freshet.server.stream;

import dev.freshet.server.http.Problem;
import dev.freshet.server.http.Spelling;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of a subscription's parameters. Pure.
 *
 * <p>Unknown names are ignored: clients add some of their own, against caches for example. But one that was clearly meant
 * for a cursor or a topic is refused, because to ignore it would lose events in silence: another spelling, or one character
 * that is wrong, too much or missing.
 */
final class ParameterNames {
    /** All spellings of the cursor. */
    static final List<String> CURSOR = List.of("last-event-id", "lastEventId", "lastEventID", "last_event_id");

    private static final List<String> OTHERS = List.of("topic", "since", "last", "connected");
    private static final String CURSOR_LETTERS = "lasteventid";
    private static final Map<String, String> LETTERS = letters();
    private static final Set<String> KNOWN = known();

    private ParameterNames() {}

    static void requireNoneMisspelled(Set<String> names) {
        names.stream().filter(name -> !KNOWN.contains(name)).forEach(ParameterNames::requireUnrelated);
    }

    private static void requireUnrelated(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        Optional<String> meant = letters.contains(CURSOR_LETTERS)
                ? Optional.of(CURSOR_LETTERS)
                : Spelling.nearest(letters, LETTERS.keySet(), 1);
        meant.map(LETTERS::get).ifPresent(expected -> {
            throw Problem.badRequest(name + ": unknown (expected: " + expected + ")")
                    .asException();
        });
    }

    private static Map<String, String> letters() {
        Map<String, String> letters = new HashMap<>(Map.of(CURSOR_LETTERS, CURSOR.get(0)));
        OTHERS.forEach(name -> letters.put(name, name));
        return letters;
    }

    private static Set<String> known() {
        Set<String> known = new HashSet<>(CURSOR);
        known.addAll(OTHERS);
        return known;
    }
}
