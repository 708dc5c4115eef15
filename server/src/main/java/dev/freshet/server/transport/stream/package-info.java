/**
 * What a connection becomes when HTTP is done with it: a {@link dev.freshet.server.http.stream.ByteStream}, in its Netty channel or as
 * a bare socket, or a last answer and a close. {@link dev.freshet.server.transport.stream.StreamOpening} is the entry.
 * Everything is confined to the connection's loop.
 */
@NullMarked
package dev.freshet.server.transport.stream;

import org.jspecify.annotations.NullMarked;
