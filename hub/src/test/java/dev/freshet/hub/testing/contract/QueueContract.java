package dev.freshet.hub.testing.contract;

import static dev.freshet.hub.testing.contract.Batches.event;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.publication.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What waits for the writer: how much, and what becomes of it. */
public interface QueueContract extends LogContract {
    @Test
    default void refusesWhenTooManyBatchesWaitAndTakesAllThatItAccepted() throws Exception {
        HeldWriter writer = new HeldWriter();
        StartedLog log = started(writer);
        writer.hold(log);

        List<CompletableFuture<Receipt>> answers = IntStream.range(0, MAX_WAITING * 2)
                .mapToObj(i -> log.log().append(event("t", "x" + i)))
                .toList();
        boolean wasUsable = log.log().isUsable();
        List<CompletableFuture<Receipt>> refused = answers.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .toList();
        writer.letGoOn();

        assertThat(wasUsable).isFalse();
        assertThat(refused)
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(StartedLog.causeOf(answer)).isEqualTo(Cause.QUEUE_FULL));
        List<CompletableFuture<Receipt>> accepted = new ArrayList<>(answers);
        accepted.removeAll(refused);
        for (CompletableFuture<Receipt> answer : accepted) {
            assertThat(answer.get(10, SECONDS).ids()).hasSize(1);
        }
        assertThat(log.texts()).hasSize(1 + accepted.size());
        assertThat(log.log().isUsable()).isTrue();
        assertThat(log.append(event("t", "last")).ids()).hasSize(1);
    }

    /** A few large ones need as much memory as thousands of small ones. */
    @Test
    default void refusesWhenTooManyBytesWaitButTakesALargeOneAlone() throws Exception {
        HeldWriter writer = new HeldWriter();
        StartedLog log = started(writer);
        writer.hold(log);

        CompletableFuture<Receipt> large = log.log().append(event("t", "x".repeat(MAX_WAITING_BYTES)));
        boolean wasUsable = log.log().isUsable();
        Cause cause = log.refusal(event("t", "small"));
        writer.letGoOn();

        assertThat(cause).isEqualTo(Cause.QUEUE_FULL);
        assertThat(wasUsable).isFalse();
        assertThat(large.get(10, SECONDS).ids()).hasSize(1);
        assertThat(log.append(event("t", "last")).ids()).hasSize(1);
        assertThat(log.log().isUsable()).isTrue();
    }

    @Test
    default void refusesWhenItIsClosed() {
        StartedLog log = started(() -> {});
        assertThat(log.log().isUsable()).isTrue();
        log.append(event("t", "a"));

        log.log().close();
        log.log().close();

        assertThat(log.refusal(event("t", "b"))).isEqualTo(Cause.CLOSED);
        assertThat(log.log().isUsable()).isFalse();
        assertThat(log.texts()).hasSize(1);
    }

    @Test
    default void takesWhatWasAcceptedBeforeItWasClosed() throws Exception {
        HeldWriter writer = new HeldWriter();
        StartedLog log = started(writer);
        writer.hold(log);
        CompletableFuture<Receipt> accepted = log.log().append(event("t", "second"));

        log.log().close();
        writer.letGoOn();

        assertThat(accepted.get(10, SECONDS).ids()).containsExactly("k7f2-2");
    }
}
