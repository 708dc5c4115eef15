/**
 * HTTP/1.1 on a connection: what turns bytes into {@link dev.freshet.server.http.Exchange exchanges}, and answers into bytes.
 * {@link dev.freshet.server.transport.h1.ConnectionSetup} is the entry. A connection and all of its state is confined to its
 * loop's thread; only an exchange's answer may come from elsewhere.
 */
@NullMarked
package dev.freshet.server.transport.h1;

import org.jspecify.annotations.NullMarked;
