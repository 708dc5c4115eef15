package dev.freshet.cli.publish;

import dev.freshet.cli.http.JsonText;
import dev.freshet.cli.http.Query;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is said of an event beside its topics and its data. Immutable; the hub checks the values.
 *
 * @param type the event's type
 * @param id the publisher's own id
 * @param retryMs how long subscribers are to wait before they connect again
 * @param ttl how long the event may be replayed: seconds, or a duration such as 10m
 * @param isPrivate true if only those with a grant may read it
 */
public record EventOptions(
        Optional<String> type, Optional<String> id, OptionalLong retryMs, Optional<String> ttl, boolean isPrivate) {

    Query query() {
        Query query = new Query().with("type", type).with("id", id);
        retryMs.ifPresent(value -> query.with("retry", Long.toString(value)));
        query.with("ttl", ttl);
        return isPrivate ? query.with("private", "true") : query;
    }

    /** A JSON object up to the value of its last member, the data. */
    String jsonUpToData(List<String> topics) {
        StringBuilder out = new StringBuilder("{\"topic\":");
        appendTopics(out, topics);
        type.ifPresent(value -> appendMember(out, ",\"type\":", value));
        id.ifPresent(value -> appendMember(out, ",\"id\":", value));
        retryMs.ifPresent(value -> out.append(",\"retry\":").append(value));
        ttl.ifPresent(value -> appendMember(out, ",\"ttl\":", value));
        return out.append(isPrivate ? ",\"private\":true" : "")
                .append(",\"data\":")
                .toString();
    }

    private static void appendTopics(StringBuilder out, List<String> topics) {
        if (topics.size() == 1) {
            JsonText.appendString(out, topics.get(0));
            return;
        }
        for (String topic : topics) {
            JsonText.appendString(out.append(out.charAt(out.length() - 1) == ':' ? '[' : ','), topic);
        }
        out.append(']');
    }

    private static void appendMember(StringBuilder out, String upToValue, String value) {
        JsonText.appendString(out.append(upToValue), value);
    }
}
