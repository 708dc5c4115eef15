package dev.freshet.client.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final RetryPolicy SECONDS =
            RetryPolicy.STANDARD.withDelays(Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void doublesUpToItsLongest() {
        assertThat(waits(backoff(SECONDS), 6)).containsExactly(1000L, 2000L, 4000L, 8000L, 10_000L, 10_000L);
    }

    @Test
    void neverOverflows() {
        Backoff backoff = backoff(RetryPolicy.STANDARD.withDelays(RetryPolicy.LONGEST, RetryPolicy.LONGEST));

        assertThat(waits(backoff, 100)).containsOnly(3_600_000L);
    }

    @Test
    void beginsAnewAfterASuccess() {
        Backoff backoff = backoff(SECONDS);
        waits(backoff, 3);
        backoff.succeeded();

        assertThat(waits(backoff, 2)).containsExactly(1000L, 2000L);
    }

    @Test
    void takesTheServersWordWithinReason() {
        Backoff backoff = backoff(SECONDS);
        backoff.serverSays(3000);
        assertThat(waits(backoff, 3)).containsExactly(3000L, 6000L, 10_000L);

        backoff.succeeded();
        backoff.serverSays(0);
        assertThat(waits(backoff, 2)).containsExactly(100L, 200L);

        backoff.succeeded();
        backoff.serverSays(60_000);
        assertThat(waits(backoff, 2)).as("longer than its own longest").containsExactly(60_000L, 60_000L);

        backoff.succeeded();
        backoff.serverSays(Long.MAX_VALUE);
        assertThat(waits(backoff, 1)).containsExactly(3_600_000L);
    }

    @Test
    void waitsAsLongAsTheServerAsksAtLeast() {
        Backoff backoff = backoff(SECONDS);

        assertThat(backoff.next(Optional.of(Duration.ofSeconds(30)))).hasValue(Duration.ofSeconds(30));
        assertThat(backoff.next(Optional.of(Duration.ZERO))).hasValue(Duration.ofSeconds(2));
        assertThat(backoff.next(Optional.of(Duration.ofDays(9)))).hasValue(Duration.ofHours(1));
    }

    @Test
    void jitterFillsTheWholeRange() {
        LongStream firsts = LongStream.range(0, 10_000)
                .map(i -> waits(backoff(SECONDS.withJitter()), 1).get(0));
        List<Long> sorted = firsts.sorted().boxed().toList();

        assertThat(sorted.get(0)).isBetween(100L, 110L);
        assertThat(sorted.get(sorted.size() - 1)).isBetween(990L, 1000L);
        assertThat(sorted.get(sorted.size() / 2)).as("the median").isBetween(500L, 600L);
    }

    @Test
    void givesUpAfterSoManyAttempts() {
        Backoff backoff = backoff(SECONDS.withMaxAttempts(3));
        assertThat(waits(backoff, 5)).containsExactly(1000L, 2000L);

        backoff.begin();
        assertThat(waits(backoff, 5)).containsExactly(1000L, 2000L);
    }

    @Test
    void theEndOfAnAttemptThatBroughtSomethingIsNoFailure() {
        Backoff backoff = backoff(SECONDS.withMaxAttempts(1));
        backoff.succeeded();
        assertThat(waits(backoff, 5)).containsExactly(1000L);

        Backoff thrice = backoff(SECONDS.withMaxAttempts(3));
        waits(thrice, 2);
        thrice.succeeded();
        assertThat(waits(thrice, 5)).containsExactly(1000L, 2000L, 4000L);
    }

    @Test
    void aLongLifeUsesUpNoneOfTheTimeForFailures() {
        Backoff backoff = backoff(SECONDS.withBudget(Duration.ofSeconds(5)));
        backoff.succeeded();
        nanos.addAndGet(Duration.ofDays(3).toNanos());
        assertThat(backoff.next(Optional.empty()))
                .as("quiet for days, then cut")
                .hasValue(Duration.ofSeconds(1));

        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(backoff.next(Optional.empty())).hasValue(Duration.ofSeconds(2));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(backoff.next(Optional.empty()))
                .as("five seconds after the cut")
                .isEmpty();
    }

    @Test
    void givesUpWhenTheNextAttemptWouldComeTooLate() {
        Backoff backoff = backoff(SECONDS.withBudget(Duration.ofSeconds(5)));
        assertThat(backoff.next(Optional.empty())).hasValue(Duration.ofSeconds(1));
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(backoff.next(Optional.empty())).hasValue(Duration.ofSeconds(2));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(backoff.next(Optional.empty())).isEmpty();

        backoff.succeeded();
        assertThat(backoff.next(Optional.empty())).hasValue(Duration.ofSeconds(1));
    }

    @Test
    void statusesAreAdded() {
        assertThat(SECONDS.withStatuses(Set.of(503)).alsoAfter(401, 503).statuses())
                .containsExactlyInAnyOrder(401, 503);
    }

    @Test
    void refusesPoliciesThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SECONDS.withDelays(Duration.ZERO, Duration.ofSeconds(1)))
                .withMessage("firstDelay: PT0S (expected: PT0.1S to PT1H)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SECONDS.withDelays(Duration.ofSeconds(1), Duration.ofHours(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> SECONDS.withStatuses(Set.of(204)));
        assertThatIllegalArgumentException().isThrownBy(() -> SECONDS.alsoAfter(302));
        assertThatIllegalArgumentException().isThrownBy(() -> SECONDS.withMaxAttempts(0));
        assertThatIllegalArgumentException().isThrownBy(() -> SECONDS.withBudget(Duration.ZERO));
    }

    private Backoff backoff(RetryPolicy policy) {
        return new Backoff(policy, nanos::get, new SplittableRandom());
    }

    private static List<Long> waits(Backoff backoff, int count) {
        return Stream.generate(() -> backoff.next(Optional.empty()))
                .limit(count)
                .takeWhile(Optional::isPresent)
                .map(wait -> wait.orElseThrow().toMillis())
                .toList();
    }
}
