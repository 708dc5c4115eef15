/**
 * The words of HTTP for a client, without a transport: requests, heads of responses, redirects.
 *
 * <p>{@link dev.freshet.client.http.ClientRequest} is the entry. All of it is immutable or pure.
 */
@NullMarked
package dev.freshet.client.http;

import org.jspecify.annotations.NullMarked;
