package dev.freshet.lab.bench.figure;

/**
 * Something that a row tells about a server. Immutable.
 *
 * @param title what it is, with its unit
 * @param key its name in the answer of the load generator
 * @param kind what it is a measure of
 */
public record Figure(String title, String key, Kind kind) {

    /** What is measured; tells which way is better, and what the speed of the machine has to do with it. */
    public enum Kind {
        /** So many a second. */
        THROUGHPUT,
        /** Time, of a processor or of a clock. */
        TIME,
        /** Memory, or a share: the same on a faster machine. */
        AMOUNT
    }

    /**
     * Compares two values of this figure.
     *
     * @param one a value
     * @param other another
     * @return true if the first is the better one
     */
    public boolean isBetter(double one, double other) {
        return kind == Kind.THROUGHPUT ? one > other : one < other;
    }

    /**
     * A figure of which more is better, so many a second.
     *
     * @param title what it is, with its unit
     * @param key its name in the answer of the load generator
     * @return the figure
     */
    public static Figure throughput(String title, String key) {
        return new Figure(title, key, Kind.THROUGHPUT);
    }

    /**
     * A figure of which less is better, and less on a faster machine.
     *
     * @param title what it is, with its unit
     * @param key its name in the answer of the load generator
     * @return the figure
     */
    public static Figure time(String title, String key) {
        return new Figure(title, key, Kind.TIME);
    }

    /**
     * A figure of which less is better, the same on a faster machine.
     *
     * @param title what it is, with its unit
     * @param key its name in the answer of the load generator
     * @return the figure
     */
    public static Figure amount(String title, String key) {
        return new Figure(title, key, Kind.AMOUNT);
    }
}
