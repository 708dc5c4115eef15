package dev.freshet.server.publish;

import dev.freshet.hub.publication.InvalidPublicationException;
import java.util.List;
import java.util.Map;

/** Sets what the names and values of a query or a form say of a publication. Pure. */
final class Members {
    private final Draft draft;
    private final String expected;

    private Members(Draft draft, String expected) {
        this.draft = draft;
        this.expected = expected;
    }

    /** What a form says: all, its data too. */
    static void ofForm(Draft draft, Map<String, List<String>> values) {
        Members members =
                new Members(draft, Json.MEMBERS + "; this is read as a form, and raw data goes to /events/TOPIC");
        values.forEach((name, all) -> {
            if (name.equals("data")) {
                draft.data(one(name, all));
            } else {
                members.set(name, all);
            }
        });
    }

    /** What a query says: all but the data, which is the body. */
    static void ofQuery(Draft draft, Map<String, List<String>> values) {
        values.forEach(new Members(draft, "topic, type, id, retry, private, ttl; the data is the body")::set);
    }

    private void set(String name, List<String> values) {
        switch (name) {
            case "topic" -> values.forEach(draft::topic);
            case "type" -> draft.type(one(name, values));
            case "id" -> draft.id(one(name, values));
            case "retry" -> draft.retry(one(name, values));
            case "ttl" -> draft.ttl(one(name, values));
            case "private" -> draft.isPrivate(one(name, values));
            default -> throw new InvalidPublicationException(name + ": unknown (expected: " + expected + ")");
        }
    }

    private static String one(String name, List<String> values) {
        if (values.size() > 1) {
            throw new InvalidPublicationException(name + ": " + values.size() + " values (expected: one)");
        }
        return values.get(0);
    }
}
