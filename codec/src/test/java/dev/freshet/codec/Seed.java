package dev.freshet.codec;

/** The seed of a random test: {@code -Dseed=N} repeats a run. */
final class Seed {

    private Seed() {}

    /** The seed to use, printed so that a failure can be repeated. */
    static long print(String test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test + ": -Dseed=" + seed);
        return seed;
    }
}
