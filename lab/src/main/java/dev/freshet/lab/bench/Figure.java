package dev.freshet.lab.bench;

/**
 * Something that a row tells about a server.
 *
 * @param title what it is, with its unit
 * @param key its name in the answer of the load generator
 * @param kind what it is a measure of
 */
record Figure(String title, String key, Kind kind) {

    /** What is measured; tells which way is better, and what the speed of the machine has to do with it. */
    enum Kind {
        /** So many a second. */
        THROUGHPUT,
        /** Time, of a processor or of a clock. */
        TIME,
        /** Memory, or a share: the same on a faster machine. */
        AMOUNT
    }

    boolean isBetter(double one, double other) {
        return kind == Kind.THROUGHPUT ? one > other : one < other;
    }

    static Figure throughput(String title, String key) {
        return new Figure(title, key, Kind.THROUGHPUT);
    }

    static Figure time(String title, String key) {
        return new Figure(title, key, Kind.TIME);
    }

    static Figure amount(String title, String key) {
        return new Figure(title, key, Kind.AMOUNT);
    }
}
