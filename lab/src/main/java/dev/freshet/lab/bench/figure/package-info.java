/**
 * The figures of the comparison: a {@link dev.freshet.lab.bench.figure.Figure} says what is measured, an
 * {@link dev.freshet.lab.bench.figure.Outcome} what one run gave, {@link dev.freshet.lab.bench.figure.Memory} what it was last
 * time. Immutable, but for the memory, which belongs to one thread.
 */
@NullMarked
package dev.freshet.lab.bench.figure;

import org.jspecify.annotations.NullMarked;
