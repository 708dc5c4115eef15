package dev.freshet.lab.bench;

/**
 * The load generators.
 *
 * @param usual the one for most rows
 * @param own the project's own one, which can do more
 */
record Loaders(Loader usual, Loader own) {}
