/**
 * Who makes a request. An {@link dev.freshet.server.auth.Authenticator} is asked once per request, on the connection's loop,
 * before anything is published or read.
 */
@NullMarked
package dev.freshet.server.auth;

import org.jspecify.annotations.NullMarked;
