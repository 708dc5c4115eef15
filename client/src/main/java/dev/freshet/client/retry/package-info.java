/**
 * When to try again after a failure, for streams and for publishing.
 *
 * <p>{@link dev.freshet.client.retry.RetryPolicy} says what is wanted, {@link dev.freshet.client.retry.Backoff} counts the
 * failures of one stream or publish. Nothing here waits; time and chance are given to it.
 */
@NullMarked
package dev.freshet.client.retry;

import org.jspecify.annotations.NullMarked;
