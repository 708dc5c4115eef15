/**
 * An answer that stays open: the {@link dev.freshet.server.http.stream.ByteStream} takes bytes, its
 * {@link dev.freshet.server.http.stream.StreamListener} is told of room and of the end. Confined to the loop of the connection.
 */
@NullMarked
package dev.freshet.server.http.stream;

import org.jspecify.annotations.NullMarked;
