package dev.freshet.lab.load;

import java.time.Duration;

/**
 * How long each part takes.
 *
 * @param connect the most for opening the subscriptions, and for a replay
 * @param settle the wait after that
 * @param warmup load that is not measured
 * @param measure load that is measured
 * @param drain the most that late deliveries are waited for
 */
record Times(Duration connect, Duration settle, Duration warmup, Duration measure, Duration drain) {}
