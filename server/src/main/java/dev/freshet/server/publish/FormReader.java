package dev.freshet.server.publish;

import dev.freshet.hub.log.InvalidPublicationException;
import dev.freshet.hub.log.Publication;
import dev.freshet.server.http.FormParameters;
import java.util.List;

/** Reads a publication from an HTML form. Pure. */
final class FormReader {
    private FormReader() {}

    static Publication read(byte[] body) {
        Draft draft = new Draft();
        FormParameters.parse("form", Utf8Text.decode("form", body)).forEach((name, values) -> set(draft, name, values));
        return draft.publication();
    }

    private static void set(Draft draft, String name, List<String> values) {
        if (name.equals("topic")) {
            values.forEach(draft::topic);
            return;
        }
        if (values.size() > 1) {
            throw new InvalidPublicationException(name + ": " + values.size() + " values (expected: one)");
        }
        String value = values.get(0);
        switch (name) {
            case "data" -> draft.data(value);
            case "type" -> draft.type(value);
            case "id" -> draft.id(value);
            case "retry" -> draft.retry(value);
            case "private" -> draft.isPrivate(value);
            default -> throw new InvalidPublicationException(name + ": unknown (expected: " + Json.MEMBERS + ")");
        }
    }
}
