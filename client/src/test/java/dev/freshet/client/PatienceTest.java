package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import dev.freshet.codec.EventStreamParser;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a stream waits: for bytes, for its next attempt, and until it gives up. */
class PatienceTest {

    @Test
    void instantEndsWithRetryZeroDoNotSpin() {
        Answer instant = Answer.stream().send("retry: 0\n\n").end();
        try (ScriptedEventServer server = ScriptedEventServer.start(instant)) {
            Told told = new Told();
            long startedNanos = System.nanoTime();
            try (EventSource source = EventSource.open(Quick.options(server), told)) {
                told.until(so -> so.all(Closed.class).size() >= 4);
                assertThat(source.readyState()).isNotEqualTo(EventSource.ReadyState.CLOSED);
            }
            long least = 3 * RetryPolicy.SHORTEST.toNanos();
            assertThat(System.nanoTime() - startedNanos).isGreaterThanOrEqualTo(least);
            assertThat(told.all(Closed.class))
                    .allSatisfy(closed -> assertThat(closed.reconnectsIn().orElseThrow())
                            .isGreaterThanOrEqualTo(RetryPolicy.SHORTEST));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "3600001", "9223372036854775807", "18446744073709551616"})
    void aRetryBeyondAllMeasureWaitsAnHour(String retry) {
        Told told = new Told();
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.stream()
                        .send("retry: " + retry + "\ndata: a\n\n")
                        .end());
                EventSource source = EventSource.open(Quick.options(server), told)) {
            told.until(so -> !so.all(Closed.class).isEmpty());

            assertThat(told.all(Closed.class).get(0).reconnectsIn()).hasValue(Duration.ofHours(1));
            assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CONNECTING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "0x10", "", "1s"})
    void aRetryThatIsNoNumberIsIgnored(String retry) {
        Told told = Told.hearing(
                2, Answer.stream().send("retry: " + retry + "\ndata: a\n\n").end(), stays("data: b\n\n"));

        assertThat(told.all(Closed.class)).containsExactly(closed(Reason.ENDED));
    }

    @Test
    void silenceAfterTheHeadEndsInAStall() {
        Answer silent = Answer.stream().send("data: a\n\n");
        try (ScriptedEventServer server = ScriptedEventServer.start(silent, stays("data: b\n\n"))) {
            Told told = new Told();
            StreamOptions impatient = Quick.options(server).withStallTimeout(Duration.ofMillis(300));
            try (EventSource source = EventSource.open(impatient, told)) {
                told.untilMessages(2);
                assertThat(source.readyState()).isNotEqualTo(EventSource.ReadyState.CLOSED);
            }
            assertThat(told.all(Closed.class).get(0)).isEqualTo(closed(Reason.STALLED));
        }
    }

    @Test
    void silenceBeforeTheHeadEndsTheAttempt() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.silence(), stays("data: a\n\n"))) {
            Told told = new Told();
            StreamLimits impatient =
                    new StreamLimits(Duration.ofMillis(500), Optional.empty(), 20, EventStreamParser.Limits.DEFAULT);
            try (EventSource source = EventSource.open(Quick.options(server).withLimits(impatient), told)) {
                told.untilMessages(1);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
            assertThat(told.all(Closed.class).get(0)).isEqualTo(closed(Reason.NO_RESPONSE));
        }
    }

    @Test
    void chosenStatusesAreTriedAgainAfterTheTimeTheyAskFor() {
        Answer busy = Answer.status(503).header("Retry-After", "1");
        try (ScriptedEventServer server = ScriptedEventServer.start(busy, stays("data: a\n\n"))) {
            Told told = new Told();
            StreamOptions patient = Quick.options(server).withRetry(Quick.POLICY.withStatuses(Set.of(503)));
            try (EventSource source = EventSource.open(patient, told)) {
                told.untilMessages(1);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
            assertThat(told.all(Closed.class)).hasSize(1).allSatisfy(closed -> {
                assertThat(closed.reason()).isEqualTo(Reason.REFUSED);
                assertThat(closed.reconnectsIn()).hasValue(Duration.ofSeconds(1));
            });
        }
    }

    @Test
    void givesUpAfterSoManyAttempts() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.hangUp())) {
            Told told = new Told();
            StreamOptions thrice = Quick.options(server).withRetry(Quick.POLICY.withMaxAttempts(3));
            try (EventSource source = EventSource.open(thrice, told)) {
                assertThat(told.end().reason()).isEqualTo(Reason.UNREACHABLE);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            }
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aDateToRetryAfterIsWaitedFor() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(30));
        Told told = new Told();
        try (ScriptedEventServer server =
                        ScriptedEventServer.start(Answer.status(503).header("Retry-After", date));
                EventSource source = EventSource.open(
                        Quick.options(server).withRetry(Quick.POLICY.withStatuses(Set.of(503))), told)) {
            told.until(so -> !so.all(Closed.class).isEmpty());

            assertThat(told.all(Closed.class).get(0).reconnectsIn().orElseThrow())
                    .isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
            assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CONNECTING);
        }
    }

    @Test
    void givesUpWhenItsTimeIsOver() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.hangUp())) {
            Told told = new Told();
            StreamOptions hasty = Quick.options(server).withRetry(Quick.POLICY.withBudget(Duration.ofMillis(350)));
            try (EventSource source = EventSource.open(hasty, told)) {
                assertThat(told.end().reason()).isEqualTo(Reason.UNREACHABLE);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            }
            assertThat(server.requests()).hasSizeBetween(1, 4);
        }
    }

    @Test
    void aTokenThatRanOutIsReplaced() {
        AtomicInteger tokens = new AtomicInteger();
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.status(401), stays("data: a\n\n"))) {
            Told told = new Told();
            StreamOptions options = Quick.options(server)
                    .withRetry(Quick.POLICY.alsoAfter(401))
                    .withToken(() -> CompletableFuture.supplyAsync(() -> "t" + tokens.incrementAndGet()));
            try (EventSource source = EventSource.open(options, told)) {
                told.untilMessages(1);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
            assertThat(server.requests())
                    .map(request -> request.header("Authorization").orElse(""))
                    .containsExactly("Bearer t1", "Bearer t2");
        }
    }

    @Test
    void aTokenThatNeverComesEndsTheAttempt() {
        StreamLimits impatient =
                new StreamLimits(Duration.ofMillis(300), Optional.empty(), 20, EventStreamParser.Limits.DEFAULT);
        CompletableFuture<String> never = new CompletableFuture<>();
        try (ScriptedEventServer server = ScriptedEventServer.start(stays("data: a\n\n"))) {
            Told told = new Told();
            StreamOptions options = Quick.options(server)
                    .withLimits(impatient)
                    .withRetry(Quick.POLICY.withMaxAttempts(2))
                    .withToken(() -> never);
            try (EventSource source = EventSource.open(options, told)) {
                assertThat(told.end().reason()).isEqualTo(Reason.NO_HEADERS);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            }
            never.complete("too late");
            assertThat(server.requests()).isEmpty();
        }
    }

    private static Answer stays(String text) {
        return Answer.stream().send(text);
    }

    private static Closed closed(Reason reason) {
        return new Closed(reason, java.util.OptionalInt.empty(), Optional.empty(), Optional.of(RetryPolicy.SHORTEST));
    }
}
