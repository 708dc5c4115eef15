package dev.freshet.server.publish;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/** Small pieces of JSON text. Pure. */
final class Json {
    /** The members of a described publication. */
    static final String MEMBERS = "topic, data, type, id, retry, private, ttl";

    private Json() {}

    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    /** Leaves out the white space between tokens. The bytes are valid JSON in UTF-8. */
    static String compact(byte[] json, int start, int end) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(end - start);
        boolean isInString = false;
        for (int i = start; i < end; i++) {
            byte b = json[i];
            if (isInString && b == '\\') {
                kept.write(b);
                b = json[++i];
            } else if (b == '"') {
                isInString = !isInString;
            }
            if (isInString || !isWhiteSpace(b)) {
                kept.write(b);
            }
        }
        return kept.toString(StandardCharsets.UTF_8);
    }

    private static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
