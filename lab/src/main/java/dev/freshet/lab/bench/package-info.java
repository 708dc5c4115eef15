/**
 * The comparison: {@link dev.freshet.lab.bench.BenchCommand} starts each {@link dev.freshet.lab.peers.Peer} in turn, puts the
 * load of each {@link dev.freshet.lab.bench.Row} on it, and writes a page with medians. One thread does all; the loads are
 * processes of their own.
 */
@NullMarked
package dev.freshet.lab.bench;

import org.jspecify.annotations.NullMarked;
