package dev.freshet.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one place says of settings. Immutable.
 *
 * @param place where that is, to be read behind a value: {@code on the command line}
 * @param texts the values by their keys; a list may have a key for each of its members, such as {@code cors.origins[0]}
 */
record Source(String place, Map<String, String> texts) {

    Set<String> keys() {
        return texts.keySet().stream().map(Source::base).collect(Collectors.toSet());
    }

    /** What it says of one setting; members of a list with commas between them. */
    Optional<String> text(String key) {
        String whole = texts.get(key);
        return whole == null ? list(key) : Optional.of(whole);
    }

    private Optional<String> list(String key) {
        List<String> members = new ArrayList<>();
        for (String member = texts.get(key + "[0]"); member != null; ) {
            members.add(member);
            member = texts.get(key + "[" + members.size() + "]");
        }
        return members.isEmpty() ? Optional.empty() : Optional.of(String.join(",", members));
    }

    private static String base(String name) {
        int bracket = name.indexOf('[');
        return bracket < 0 ? name : name.substring(0, bracket);
    }
}
