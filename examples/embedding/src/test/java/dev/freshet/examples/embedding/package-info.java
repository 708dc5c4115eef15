@NullMarked
package dev.freshet.examples.embedding;

import org.jspecify.annotations.NullMarked;
