package dev.freshet.lab.bench;

import java.time.Duration;

/**
 * How long each run takes.
 *
 * @param warmup load before it counts
 * @param measure load that counts
 * @param idle how long idle connections are held; a heartbeat comes every 15 s
 */
record Effort(Duration warmup, Duration measure, Duration idle) {
    static final Effort FULL = new Effort(Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(15));
    static final Effort QUICK = new Effort(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(4));
}
