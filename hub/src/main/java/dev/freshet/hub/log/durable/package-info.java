/**
 * What a log is that outlives the process: more than the window holds can be read from it.
 *
 * <p>{@link dev.freshet.hub.log.durable.DurableLog} is the entry: an {@link dev.freshet.hub.log.EventLog} with a
 * {@link dev.freshet.hub.log.durable.History}, which answers on threads of its own, in bounded
 * {@link dev.freshet.hub.log.durable.Page}s. A program finds one by {@link dev.freshet.hub.log.durable.DurableLogProvider}.
 */
@NullMarked
package dev.freshet.hub.log.durable;

import org.jspecify.annotations.NullMarked;
