package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MS = 1_000_000;

    private final Pace pace = new Pace(2 * MS, 30 * MS);

    @Test
    void doesNotRestAfterAShortSweep() {
        sweep(100 * MS, 2 * MS);

        assertThat(pace.isResting(102 * MS)).isFalse();
    }

    @Test
    void restsAsLongAsTheSweepTook() {
        sweep(100 * MS, 10 * MS);

        assertThat(pace.isResting(110 * MS)).isTrue();
        assertThat(pace.isResting(120 * MS - 1)).isTrue();
        assertThat(pace.isResting(120 * MS)).isFalse();
    }

    @Test
    void restsNoLongerThanItMay() {
        sweep(100 * MS, 500 * MS);

        assertThat(pace.isResting(630 * MS - 1)).isTrue();
        assertThat(pace.isResting(630 * MS)).isFalse();
    }

    @Test
    void aTimerSetForTheRestNeverRingsBeforeItsEnd() {
        sweep(100 * MS, 10 * MS);

        for (long now = 110 * MS; pace.isResting(now); now += MS / 3) {
            Duration rest = pace.rest(now);
            assertThat(pace.isResting(now + rest.toNanos())).isFalse();
        }
    }

    @Test
    void isReadyAtFirst() {
        assertThat(pace.isResting(System.nanoTime())).isFalse();
    }

    private void sweep(long atNanos, long tookNanos) {
        pace.onSweepBegun(atNanos);
        pace.onSweepEnded(atNanos + tookNanos);
    }
}
