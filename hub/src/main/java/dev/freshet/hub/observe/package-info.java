/**
 * What the engine tells the outside: the one door for metrics, traces and logs.
 *
 * <p>{@link dev.freshet.hub.observe.HubObserver} is called on the thread where a thing happens, once per sweep rather than
 * once per subscriber, and must return at once.
 */
@NullMarked
package dev.freshet.hub.observe;

import org.jspecify.annotations.NullMarked;
