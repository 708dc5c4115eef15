/**
 * Measurements of the parts that every event passes. Each class is a JMH benchmark; its comment says what was expected before
 * it was measured.
 */
@NullMarked
package dev.freshet.lab;

import org.jspecify.annotations.NullMarked;
