/**
 * TLS in front of HTTP: the certificate, which may change while the server runs, and how a connection begins and ends with it.
 * {@link dev.freshet.server.transport.tls.ServerCertificate} is the entry, and thread-safe; what belongs to a connection is
 * confined to its loop. Streams over TLS stay in their Netty channel.
 */
@NullMarked
package dev.freshet.server.transport.tls;

import org.jspecify.annotations.NullMarked;
