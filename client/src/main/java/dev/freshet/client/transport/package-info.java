/**
 * HTTP/1.1 as a client, on Netty: connections for one request at a time, with TLS and proxies, whose bodies are read only as
 * far as somebody asks.
 *
 * <p>{@link dev.freshet.client.transport.HttpTransport} is the entry. A connection is confined to its
 * {@link dev.freshet.client.transport.Loop}; names are looked up on a thread of their own, since that may block.
 */
@NullMarked
package dev.freshet.client.transport;

import org.jspecify.annotations.NullMarked;
