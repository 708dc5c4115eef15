package dev.freshet.server.publish;

import dev.freshet.hub.log.Publication;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Target;

/** Reads a request whose body is the data. Pure. */
final class RawReader {
    private RawReader() {}

    static Publication read(Request request, String topic) {
        Draft draft = new Draft();
        draft.topic(topic);
        Target target = request.target();
        target.parameters("topic").forEach(draft::topic);
        target.parameter("id").ifPresent(draft::id);
        target.parameter("type").ifPresent(draft::type);
        target.parameter("retry").ifPresent(draft::retry);
        target.parameter("private").ifPresent(draft::isPrivate);
        draft.data(Utf8Text.decode("body", request.body()));
        return draft.publication();
    }
}
