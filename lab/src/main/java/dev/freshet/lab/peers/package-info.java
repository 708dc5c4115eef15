/**
 * The servers that are measured: Freshet, the floor, and what else is there. A {@link dev.freshet.lab.peers.Peer} says how to
 * start one and how to speak to it, a {@link dev.freshet.lab.peers.RunningPeer} is one that was started. Confined to the
 * thread of the benchmark.
 */
@NullMarked
package dev.freshet.lab.peers;

import org.jspecify.annotations.NullMarked;
