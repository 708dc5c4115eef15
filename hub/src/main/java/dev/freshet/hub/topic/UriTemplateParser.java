package dev.freshet.hub.topic;

import dev.freshet.hub.topic.UriTemplate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a URI template (RFC 6570, 2) into literals and variables.
 *
 * <p>Neighbouring literals become one, so that a template that begins with text has all of it in its first part.
 */
final class UriTemplateParser {
    /** More variables would only serve to make matching dear. */
    static final int MAX_VARIABLES = 16;

    /** Possessive, since there is nothing to try twice: else a long name would need a deep stack. */
    private static final Pattern VARIABLE_NAME =
            Pattern.compile("(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})++(?:\\.(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})++)*+");

    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int variables;

    UriTemplateParser(String text) {
        this.text = text;
        Names.requireLength("template", text);
        text.codePoints().forEach(c -> Names.requireText("template", text, c));
    }

    List<Part> parts() {
        int at = 0;
        while (at < text.length()) {
            at = text.charAt(at) == '{' ? expression(at) : literal(at);
        }
        endLiteral();
        return List.copyOf(parts);
    }

    private int literal(int at) {
        if (text.charAt(at) == '}') {
            throw invalid(at, "an opening brace before a closing one");
        }
        literal.append(text.charAt(at));
        return at + 1;
    }

    private int expression(int open) {
        int close = text.indexOf('}', open);
        if (close < 0) {
            throw invalid(open, "a closing brace");
        }
        String inside = text.substring(open + 1, close);
        Operator operator = Operator.of(inside);
        String separator = operator.first;
        for (String name : inside.substring(operator.symbol.length()).split(",", -1)) {
            variable(open, operator, separator, name);
            separator = operator.separator;
        }
        return close + 1;
    }

    private void variable(int at, Operator operator, String separator, String name) {
        if (!VARIABLE_NAME.matcher(name).matches()) {
            throw invalid(at, "variables of letters, digits and _, such as {id} or {+rest}, without modifiers");
        }
        if (++variables > MAX_VARIABLES) {
            throw invalid(at, "at most " + MAX_VARIABLES + " variables");
        }
        literal.append(separator).append(operator.isNamed ? name + "=" : "");
        endLiteral();
        parts.add(operator.variable);
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new Part.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private InvalidTopicException invalid(int at, String expected) {
        return new InvalidTopicException("template: " + text + " at " + at + " (expected: " + expected + ")");
    }

    /** The operators of RFC 6570, appendix A. */
    private enum Operator {
        RESERVED("+", "", ",", false, Part.Variable.PATH),
        FRAGMENT("#", "#", ",", false, Part.Variable.PATH),
        LABEL(".", ".", ".", false, Part.Variable.SEGMENT),
        PATH("/", "/", "/", false, Part.Variable.SEGMENT),
        PARAMETER(";", ";", ";", true, Part.Variable.SEGMENT),
        QUERY("?", "?", "&", true, Part.Variable.SEGMENT),
        CONTINUATION("&", "&", "&", true, Part.Variable.SEGMENT),
        SIMPLE("", "", ",", false, Part.Variable.SEGMENT);

        private final String symbol;
        private final String first;
        private final String separator;
        private final boolean isNamed;
        private final Part.Variable variable;

        Operator(String symbol, String first, String separator, boolean isNamed, Part.Variable variable) {
            this.symbol = symbol;
            this.first = first;
            this.separator = separator;
            this.isNamed = isNamed;
            this.variable = variable;
        }

        static Operator of(String inside) {
            for (Operator operator : values()) {
                if (inside.startsWith(operator.symbol)) {
                    return operator;
                }
            }
            throw new AssertionError("every text starts with the empty symbol");
        }
    }
}
