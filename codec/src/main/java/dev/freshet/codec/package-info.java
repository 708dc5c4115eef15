/**
 * Server-Sent Events as values and as bytes, after WHATWG HTML 9.2.
 *
 * <p>{@link dev.freshet.codec.ServerSentEvent} is the value, {@link dev.freshet.codec.EventStreamEncoder} writes it, and
 * {@link dev.freshet.codec.EventStreamParser}, the entry for readers, finds it again in bytes that come in any cut.
 * Values are immutable, the encoder is thread-safe, a parser is confined to one thread at a time. Needs the JDK alone.
 */
@NullMarked
package dev.freshet.codec;

import org.jspecify.annotations.NullMarked;
