/**
 * The small words of HTTP that every feature of the server speaks: request, response, problem. An
 * {@link dev.freshet.server.http.Exchange} is one request and its answer, on the {@link dev.freshet.server.http.Loop} of its
 * connection. Values are immutable.
 */
@NullMarked
package dev.freshet.server.http;

import org.jspecify.annotations.NullMarked;
