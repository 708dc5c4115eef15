package dev.freshet.server.http;

import java.util.Map;

/** Writes the few JSON values that a problem has (RFC 8259). */
final class JsonText {
    private final StringBuilder out = new StringBuilder(160);

    private JsonText() {}

    static String object(Map<String, Object> members) {
        JsonText text = new JsonText();
        text.appendObject(members);
        return text.out.toString();
    }

    private void appendObject(Map<String, Object> members) {
        String separator = "{";
        for (Map.Entry<String, Object> member : members.entrySet()) {
            out.append(separator);
            appendString(member.getKey());
            out.append(':');
            appendValue(member.getValue());
            separator = ",";
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    private void appendValue(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Iterable<?> list) {
            appendList(list);
        } else {
            appendString(value.toString());
        }
    }

    private void appendList(Iterable<?> list) {
        out.append('[');
        String separator = "";
        for (Object value : list) {
            out.append(separator);
            appendValue(value);
            separator = ",";
        }
        out.append(']');
    }

    private void appendString(String text) {
        out.append('"');
        text.chars().forEach(this::appendChar);
        out.append('"');
    }

    private void appendChar(int c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
        } else if (c < ' ' || c == 0x7f || Character.isSurrogate((char) c)) {
            out.append(String.format("\\u%04x", c));
        } else {
            out.append((char) c);
        }
    }
}
