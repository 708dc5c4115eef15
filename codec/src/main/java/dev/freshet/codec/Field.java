package dev.freshet.codec;

/** What a line that is not blank says (WHATWG HTML 9.2.6). */
enum Field {
    /** Begins with a colon. */
    COMMENT(""),
    DATA("data"),
    EVENT("event"),
    ID("id"),
    RETRY("retry"),
    /** Any other name; ignored. */
    UNKNOWN("");

    private final String fieldName;

    Field(String fieldName) {
        this.fieldName = fieldName;
    }

    /** The field of the line {@code [from, to)}, which is not empty. */
    static Field of(byte[] line, int from, int to) {
        return switch (line[from]) {
            case ':' -> COMMENT;
            case 'd' -> DATA.ifNamed(line, from, to);
            case 'e' -> EVENT.ifNamed(line, from, to);
            case 'i' -> ID.ifNamed(line, from, to);
            case 'r' -> RETRY.ifNamed(line, from, to);
            default -> UNKNOWN;
        };
    }

    /** Where the value begins: after the colon and, except in a comment, one space. */
    int valueStart(byte[] line, int from, int to) {
        int colon = from + fieldName.length();
        int start = Math.min(colon + 1, to);
        boolean space = this != COMMENT && start < to && line[start] == ' ';
        return space ? start + 1 : start;
    }

    private Field ifNamed(byte[] line, int from, int to) {
        int end = from + fieldName.length();
        if (end > to || (end < to && line[end] != ':')) {
            return UNKNOWN;
        }
        for (int i = 1; i < fieldName.length(); i++) {
            if (line[from + i] != fieldName.charAt(i)) {
                return UNKNOWN;
            }
        }
        return this;
    }
}
