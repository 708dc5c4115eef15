/**
 * Programs that publish to a hub and read from it, whatever becomes of it, and remember what they were promised.
 *
 * <p>A {@link dev.freshet.system.durable.crowd.Load} publishes, and writes into a
 * {@link dev.freshet.system.durable.crowd.Ledger} what was acknowledged; a {@link dev.freshet.system.durable.crowd.Witness} reads
 * and resumes; a {@link dev.freshet.system.durable.crowd.Verdict} holds one against the other. Each publisher and each witness
 * has a thread of its own.
 */
@NullMarked
package dev.freshet.system.durable.crowd;

import org.jspecify.annotations.NullMarked;
