package dev.freshet.server.http;

/** What a header field may be made of: RFC 9110 5.1 and 5.5. Stateless. */
public final class FieldSyntax {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private FieldSyntax() {}

    static void check(String name, String value) {
        if (!isToken(name)) {
            throw new IllegalArgumentException(
                    "header name: not a token (expected: letters, digits, " + TOKEN_MARKS + ")");
        }
        if (!value.chars().allMatch(FieldSyntax::isValueChar)) {
            throw new IllegalArgumentException("header " + name + ": a control character (expected: none but tab)");
        }
    }

    /**
     * Tells whether a text can be a method or the name of a header field.
     *
     * @param text any text
     * @return true if it is a token: one or more letters, digits and some marks
     */
    public static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(FieldSyntax::isTokenChar);
    }

    private static boolean isTokenChar(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || TOKEN_MARKS.indexOf(c) >= 0);
    }

    private static boolean isValueChar(int c) {
        return c == '\t' || (c >= ' ' && c != 0x7f);
    }
}
