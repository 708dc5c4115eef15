/** Tests of the codec. {@link dev.freshet.codec.Recording} is what a parser found, for comparing. One thread. */
@NullMarked
package dev.freshet.codec;

import org.jspecify.annotations.NullMarked;
