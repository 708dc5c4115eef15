/**
 * Server-Sent Events as values and as bytes, after WHATWG HTML 9.2.
 *
 * <p>{@link dev.freshet.codec.ServerSentEvent} is the value,
 * parser reads it back from bytes in any cut. Values are immutable; a parser is
 * confined to one thread at a time.
 */
@NullMarked
package dev.freshet.codec;

import org.jspecify.annotations.NullMarked;
