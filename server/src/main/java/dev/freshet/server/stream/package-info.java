/**
 * Subscribing over HTTP: {@link dev.freshet.server.stream.SubscribeEndpoint} reads what a client asks for, opens its stream
 * and makes it a subscriber of the lane whose loop serves the connection. Confined to that loop.
 */
@NullMarked
package dev.freshet.server.stream;

import org.jspecify.annotations.NullMarked;
