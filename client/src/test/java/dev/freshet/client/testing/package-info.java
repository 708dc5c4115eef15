/**
 * A server of event streams that does what a test tells it: statuses, redirects, cuts, silence, bad bytes.
 *
 * <p>{@link dev.freshet.client.testing.ScriptedEventServer} is the entry; it listens on a real socket of the loopback
 * interface and can be used to test any client.
 */
@NullMarked
package dev.freshet.client.testing;

import org.jspecify.annotations.NullMarked;
