package dev.freshet.hub.log.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.log.Receipt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberedReceiptsTest {
    private static final Receipt A = new Receipt(List.of("a"));
    private static final Receipt B = new Receipt(List.of("b"));

    private final RememberedReceipts receipts =
            new RememberedReceipts(new MemoryLogOptions(1, 2, Duration.ofMillis(100)));

    @Test
    void remembersUntilTheRetentionIsOver() {
        receipts.remember("key", A, 1000);

        assertThat(receipts.find("key", 1100)).contains(A);
        assertThat(receipts.find("key", 1101)).isEmpty();
        assertThat(receipts.find("key", 1000)).isEmpty();
    }

    @Test
    void countsFromTheFirstUseNotTheLastQuestion() {
        receipts.remember("key", A, 1000);
        receipts.find("key", 1090);

        assertThat(receipts.find("key", 1101)).isEmpty();
    }

    @Test
    void givesUpTheOldestFirst() {
        receipts.remember("one", A, 1000);
        receipts.remember("two", B, 1000);
        receipts.remember("three", A, 1000);

        assertThat(receipts.find("one", 1000)).isEmpty();
        assertThat(receipts.find("two", 1000)).contains(B);
        assertThat(receipts.find("three", 1000)).contains(A);
    }

    @Test
    void remembersNothingWhenThereIsNoRoom() {
        RememberedReceipts none = new RememberedReceipts(new MemoryLogOptions(1, 0, Duration.ofMillis(100)));
        none.remember("key", A, 1000);

        assertThat(none.find("key", 1000)).isEmpty();
    }
}
