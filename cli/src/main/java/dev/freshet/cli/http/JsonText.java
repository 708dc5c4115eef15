package dev.freshet.cli.http;

/** Writes JSON strings (RFC 8259 7), so that the client commands start without a JSON library. Pure. */
public final class JsonText {
    private JsonText() {}

    /**
     * Appends a text as a JSON string on one line.
     *
     * @param out what to append to
     * @param text any text
     */
    public static void appendString(StringBuilder out, String text) {
        out.append('"');
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            if (mustEscape(text, i)) {
                out.append(text, copied, i);
                appendEscape(out, text.charAt(i));
                copied = i + 1;
            }
        }
        out.append(text, copied, text.length()).append('"');
    }

    private static boolean mustEscape(String text, int at) {
        char c = text.charAt(at);
        return c < ' ' || c == '"' || c == '\\' || c == 0x7f || isLoneSurrogate(text, at);
    }

    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (!Character.isSurrogate(c)) {
            return false;
        }
        return Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static void appendEscape(StringBuilder out, char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append(String.format("\\u%04x", (int) c));
        }
    }
}
