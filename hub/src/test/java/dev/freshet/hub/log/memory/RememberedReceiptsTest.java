package dev.freshet.hub.log.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.Publication;
import dev.freshet.hub.log.Receipt;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberedReceiptsTest {
    private static final Receipt A = new Receipt(List.of("a"));
    private static final Receipt B = new Receipt(List.of("b"));

    private static final List<Publication> WHAT = publications("what");

    private final RememberedReceipts receipts =
            new RememberedReceipts(new MemoryLogOptions(1, 2, Duration.ofMillis(100)));

    @Test
    void remembersUntilTheRetentionIsOver() {
        receipts.remember("key", WHAT, A, 1000);

        assertThat(receipts.find("key", WHAT, 1100)).contains(A);
        assertThat(receipts.find("key", WHAT, 1101)).isEmpty();
        assertThat(receipts.find("key", WHAT, 1000)).isEmpty();
    }

    @Test
    void countsFromTheFirstUseNotTheLastQuestion() {
        receipts.remember("key", WHAT, A, 1000);
        receipts.find("key", WHAT, 1090);

        assertThat(receipts.find("key", WHAT, 1101)).isEmpty();
    }

    @Test
    void refusesAKeyForSomethingElse() {
        receipts.remember("key", WHAT, A, 1000);

        assertThat(receipts.find("key", publications("what"), 1000)).contains(A);
        assertThatThrownBy(() -> receipts.find("key", publications("else"), 1000))
                .isInstanceOfSatisfying(
                        AppendRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(AppendRefusedException.Cause.KEY_REUSED));
        assertThat(receipts.find("key", publications("else"), 1101)).isEmpty();
    }

    @Test
    void givesUpTheOldestFirst() {
        receipts.remember("one", WHAT, A, 1000);
        receipts.remember("two", WHAT, B, 1000);
        receipts.remember("three", WHAT, A, 1000);

        assertThat(receipts.find("one", WHAT, 1000)).isEmpty();
        assertThat(receipts.find("two", WHAT, 1000)).contains(B);
        assertThat(receipts.find("three", WHAT, 1000)).contains(A);
    }

    @Test
    void remembersNothingWhenThereIsNoRoom() {
        RememberedReceipts none = new RememberedReceipts(new MemoryLogOptions(1, 0, Duration.ofMillis(100)));
        none.remember("key", WHAT, A, 1000);

        assertThat(none.find("key", WHAT, 1000)).isEmpty();
    }

    private static List<Publication> publications(String data) {
        return List.of(Publication.of(new Topic("t"), ServerSentEvent.of(data)));
    }
}
