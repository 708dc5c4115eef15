package dev.freshet.server.publish;

import dev.freshet.hub.publication.Publication;
import dev.freshet.server.http.Request;

/** Reads a request whose body is the data. Pure. */
final class RawReader {
    private RawReader() {}

    static Publication read(Request request, String topic) {
        Draft draft = new Draft();
        draft.topic(topic);
        Members.ofQuery(draft, request.target().query());
        draft.data(Utf8Text.decode("body", request.body()));
        return draft.publication();
    }
}
