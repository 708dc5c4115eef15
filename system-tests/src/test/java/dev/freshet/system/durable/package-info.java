/**
 * A hub in a process of its own whose log must outlive it: killed, without room, on files that cannot be written.
 *
 * <p>{@link dev.freshet.system.durable.KilledHubTest} is where to begin reading. {@code Load} publishes and writes into a
 * {@code Ledger} what was acknowledged, a {@code Witness} reads and resumes, and {@code Verdict} holds one against the other.
 */
@NullMarked
package dev.freshet.system.durable;

import org.jspecify.annotations.NullMarked;
