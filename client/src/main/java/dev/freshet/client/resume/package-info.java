/**
 * Where a stream goes on when its program starts anew: a place for the last event id.
 *
 * <p>{@link dev.freshet.client.resume.IdStore} is the entry. A store is called by one stream, one call at a time, on the
 * thread that runs the stream's handler.
 */
@NullMarked
package dev.freshet.client.resume;

import org.jspecify.annotations.NullMarked;
