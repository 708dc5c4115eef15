package dev.freshet.server.publish;

import dev.freshet.hub.publication.Publication;
import dev.freshet.server.http.FormParameters;
import java.nio.charset.StandardCharsets;

/** Reads a publication from an HTML form. Pure. */
final class FormReader {
    private FormReader() {}

    /** A form may hold UTF-8 as it is or percent-encoded, so both are decoded together, from one char per byte. */
    static Publication read(byte[] body) {
        Draft draft = new Draft();
        Members.ofForm(draft, FormParameters.parse("form", new String(body, StandardCharsets.ISO_8859_1)));
        return draft.publication();
    }
}
