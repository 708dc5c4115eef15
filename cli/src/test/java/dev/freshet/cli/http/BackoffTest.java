package dev.freshet.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(10_000, new SplittableRandom(1));

    @Test
    void doublesWithEachFailureUpToItsLimit() {
        for (int i = 0; i < 200; i++) {
            assertThat(backoff.delayMs(100, 1)).isBetween(50L, 100L);
            assertThat(backoff.delayMs(100, 2)).isBetween(100L, 200L);
            assertThat(backoff.delayMs(100, 5)).isBetween(800L, 1600L);
            assertThat(backoff.delayMs(100, Integer.MAX_VALUE)).isBetween(5000L, 10_000L);
        }
    }

    @Test
    void spreadsTheWaits() {
        assertThat(LongStream.range(0, 100)
                        .map(i -> backoff.delayMs(1000, 1))
                        .distinct()
                        .count())
                .isGreaterThan(50);
    }

    @Test
    void takesAnyFirstWait() {
        assertThat(backoff.delayMs(0, 1)).isBetween(0L, 1L);
        assertThat(backoff.delayMs(Long.MAX_VALUE, 3)).isBetween(5000L, 10_000L);
    }

    @Test
    void refusesAWaitWithoutLimit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Long.MAX_VALUE, new SplittableRandom()));
    }
}
