package dev.freshet.cli.publish;

import dev.freshet.cli.http.JsonText;
import dev.freshet.cli.http.Query;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is said of an event beside its topic and its data. Immutable; the hub checks the values.
 *
 * @param type the event's type
 * @param id the publisher's own id
 * @param retryMs how long subscribers are to wait before they connect again
 * @param isPrivate true if only those with a grant may read it
 */
public record EventOptions(Optional<String> type, Optional<String> id, OptionalLong retryMs, boolean isPrivate) {

    Query query() {
        Query query = new Query().with("type", type).with("id", id);
        retryMs.ifPresent(value -> query.with("retry", Long.toString(value)));
        return isPrivate ? query.with("private", "true") : query;
    }

    /** A JSON object up to the value of its last member, the data. */
    String jsonUpToData(String topic) {
        StringBuilder out = new StringBuilder();
        appendMember(out, "{\"topic\":", topic);
        type.ifPresent(value -> appendMember(out, ",\"type\":", value));
        id.ifPresent(value -> appendMember(out, ",\"id\":", value));
        retryMs.ifPresent(value -> out.append(",\"retry\":").append(value));
        return out.append(isPrivate ? ",\"private\":true" : "")
                .append(",\"data\":")
                .toString();
    }

    private static void appendMember(StringBuilder out, String upToValue, String value) {
        JsonText.appendString(out.append(upToValue), value);
    }
}
