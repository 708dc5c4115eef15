package dev.freshet.hub.topic;

import java.util.BitSet;
import java.util.List;

/**
 * A URI template of RFC 6570, levels 1 to 3, read backwards: which names could it have made? Immutable.
 *
 * <p>A variable stands for at least one character. A simple one ({@code {id}}) stays within a segment, that is, it never
 * holds a {@code /}; a reserved one ({@code {+rest}}) has any depth. The operators of level 3 are lowered to literals and
 * variables: {@code {/a,b}} is {@code /{a}/{b}}. Modifiers of level 4 are refused. Equal if the text is equal.
 *
 * <p>A match costs at most the number of parts times the length of the name, whatever the template.
 */
public final class UriTemplate {
    private final String text;
    private final List<Part> parts;
    private final String prefix;

    private UriTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = parts;
        this.prefix = parts.get(0) instanceof Part.Literal literal ? literal.text() : "";
    }

    /**
     * Reads a template.
     *
     * @param text the template, 1 to {@value Topic#MAX_BYTES} bytes
     * @return the template
     * @throws InvalidTopicException if the text is no template of levels 1 to 3, or has too many variables
     */
    public static UriTemplate parse(String text) {
        return new UriTemplate(text, new UriTemplateParser(text).parts());
    }

    /**
     * Returns the template as it was written.
     *
     * @return the text
     */
    public String text() {
        return text;
    }

    /**
     * Returns the literal text before the first variable.
     *
     * @return what every matching name begins with; may be empty
     */
    String prefix() {
        return prefix;
    }

    /**
     * Tells whether this template could have made a name.
     *
     * @param name the name
     * @return true if it matches as a whole
     */
    public boolean matches(String name) {
        if (!name.startsWith(prefix)) {
            return false;
        }
        return isOneVariableAtTheEnd() ? lastPartFits(name) : allPartsFit(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UriTemplate template && template.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private boolean isOneVariableAtTheEnd() {
        return parts.size() == (prefix.isEmpty() ? 1 : 2);
    }

    private boolean lastPartFits(String name) {
        return name.length() > prefix.length()
                && (parts.get(parts.size() - 1) == Part.Variable.PATH || name.indexOf('/', prefix.length()) < 0);
    }

    /** Keeps the set of places in the name that the parts so far can have reached. */
    private boolean allPartsFit(String name) {
        BitSet reached = new BitSet(name.length() + 1);
        reached.set(0);
        for (Part part : parts) {
            reached = part.advance(name, reached);
        }
        return reached.get(name.length());
    }

    /** A piece of a template. */
    sealed interface Part {
        /** Returns the places that this part ends at, if it begins at one of the places reached. */
        BitSet advance(String name, BitSet reached);

        /** Text that stands for itself. */
        record Literal(String text) implements Part {
            @Override
            public BitSet advance(String name, BitSet reached) {
                BitSet ends = new BitSet(name.length() + 1);
                reached.stream().filter(at -> name.startsWith(text, at)).forEach(at -> ends.set(at + text.length()));
                return ends;
            }
        }

        /** One or more characters. */
        enum Variable implements Part {
            /** Without a slash. */
            SEGMENT,
            /** With or without slashes. */
            PATH;

            @Override
            public BitSet advance(String name, BitSet reached) {
                BitSet ends = new BitSet(name.length() + 1);
                boolean isInside = false;
                for (int at = 0; at < name.length(); at++) {
                    isInside = reached.get(at) || isInside;
                    isInside = isInside && (this == PATH || name.charAt(at) != '/');
                    ends.set(at + 1, isInside);
                }
                return ends;
            }
        }
    }
}
