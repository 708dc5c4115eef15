package dev.freshet.client.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one object of JSON (RFC 8259), strictly: nothing may follow it, no name may stand twice, and values nest at most
 * 16 deep. Confined to one call.
 */
public final class JsonReader {

    private static final int MAX_DEPTH = 16;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    /** Stands for null, which the maps of the JDK do not all hold. */
    private static final Object NULL = new Object();

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads an object.
     *
     * @param text the whole of it
     * @return the object
     * @throws JsonSyntaxException if it is not one object and nothing else
     */
    public static JsonObject object(String text) throws JsonSyntaxException {
        JsonReader reader = new JsonReader(text);
        reader.skipSpace();
        JsonObject object = new JsonObject(reader.members());
        reader.skipSpace();
        if (reader.at != text.length()) {
            throw reader.expected("the end");
        }
        return object;
    }

    private Object value() throws JsonSyntaxException {
        return switch (peek()) {
            case '{' -> new JsonObject(members());
            case '[' -> elements();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", NULL);
            default -> number();
        };
    }

    private Map<String, Object> members() throws JsonSyntaxException {
        Map<String, Object> members = new HashMap<>();
        open('{');
        boolean more = !isClosedBy('}');
        while (more) {
            String name = string();
            skipSpace();
            require(':');
            skipSpace();
            if (members.put(name, value()) != null) {
                throw expected("a name that did not stand before");
            }
            more = goesOnUntil('}');
        }
        depth--;
        return members;
    }

    private List<Object> elements() throws JsonSyntaxException {
        List<Object> elements = new ArrayList<>();
        open('[');
        boolean more = !isClosedBy(']');
        while (more) {
            elements.add(value());
            more = goesOnUntil(']');
        }
        depth--;
        return elements;
    }

    private void open(char bracket) throws JsonSyntaxException {
        require(bracket);
        if (++depth > MAX_DEPTH) {
            throw expected("at most " + MAX_DEPTH + " values within each other");
        }
        skipSpace();
    }

    private boolean isClosedBy(char bracket) {
        boolean closed = peek() == bracket;
        if (closed) {
            at++;
        }
        return closed;
    }

    /** After a value: a comma and then another, or the bracket. */
    private boolean goesOnUntil(char bracket) throws JsonSyntaxException {
        skipSpace();
        if (isClosedBy(bracket)) {
            return false;
        }
        require(',');
        skipSpace();
        return true;
    }

    private String string() throws JsonSyntaxException {
        require('"');
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char next = next();
            if (next < ' ') {
                throw expected("no control character in a string");
            }
            value.append(next == '\\' ? escaped() : next);
        }
        at++;
        return value.toString();
    }

    private char escaped() throws JsonSyntaxException {
        char kind = next();
        if (kind == 'u') {
            return hexadecimal();
        }
        int index = ESCAPES.indexOf(kind);
        if (index < 0) {
            throw expected("an escape");
        }
        return ESCAPED.charAt(index);
    }

    private char hexadecimal() throws JsonSyntaxException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            char digit = next();
            if (digit > 'f' || Character.digit(digit, 16) < 0) {
                throw expected("four hexadecimal digits");
            }
            value = value << 4 | Character.digit(digit, 16);
        }
        return (char) value;
    }

    private Object word(String word, Object meaning) throws JsonSyntaxException {
        if (!text.startsWith(word, at)) {
            throw expected(word);
        }
        at += word.length();
        return meaning;
    }

    private Double number() throws JsonSyntaxException {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw expected("a value");
        }
        at = number.end();
        return Double.valueOf(number.group());
    }

    private void require(char wanted) throws JsonSyntaxException {
        if (peek() != wanted) {
            throw expected("'" + wanted + "'");
        }
        at++;
    }

    private char next() throws JsonSyntaxException {
        if (at == text.length()) {
            throw expected("more");
        }
        return text.charAt(at++);
    }

    /** The next character, or NUL, which stands nowhere outside of a string, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JsonSyntaxException expected(String what) {
        return new JsonSyntaxException(what, at);
    }
}
