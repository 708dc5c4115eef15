/**
 * Publishes to a hub: one event or a batch at a time, over connections that are kept, again after a failure and never twice.
 *
 * <p>{@link dev.freshet.client.publish.Publisher} is the entry and thread-safe. Each of its connections is confined to a
 * loop, where results are completed too.
 */
@NullMarked
package dev.freshet.client.publish;

import org.jspecify.annotations.NullMarked;
