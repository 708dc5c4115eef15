/**
 * Measurements of the parts that every event passes. Each class is a JMH benchmark, whose comment says what was expected before
 * it was measured; {@link dev.freshet.lab.MicroCommand} runs them.
 */
@NullMarked
package dev.freshet.lab;

import org.jspecify.annotations.NullMarked;
