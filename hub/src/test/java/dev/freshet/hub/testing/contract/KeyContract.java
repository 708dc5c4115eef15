package dev.freshet.hub.testing.contract;

import static dev.freshet.hub.testing.contract.Batches.event;
import static dev.freshet.hub.testing.contract.Batches.keyed;
import static dev.freshet.hub.testing.contract.Batches.publication;
import static dev.freshet.hub.testing.contract.Batches.publicationAs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Idempotency keys: what is repeated is not published again. */
public interface KeyContract extends LogContract {
    @Test
    default void answersARepeatedRequestWithItsFirstReceipt() {
        StartedLog log = started(() -> {});

        Receipt first = log.append(keyed("key", "a"));
        Receipt again = log.append(keyed("key", "a"));
        Receipt other = log.append(keyed("other", "b"));

        assertThat(again).isEqualTo(first);
        assertThat(other.ids()).containsExactly("k7f2-2");
        assertThat(log.texts()).hasSize(2);
    }

    @Test
    default void answersARepeatedBatchWithAllOfItsIds() {
        StartedLog log = started(() -> {});
        Batch batch = new Batch(
                List.of(publication("t", "a"), publicationAs("t", "own", "b"), publication("t", "c")),
                Optional.of("key"));

        log.append(event("t", "before"));
        log.append(batch);
        log.append(event("t", "between"));

        assertThat(log.append(batch).ids()).containsExactly("k7f2-2", "own", "k7f2-4");
        assertThat(log.texts()).hasSize(5);
    }

    @Test
    default void refusesAKeyThatWasUsedForSomethingElse() {
        StartedLog log = started(() -> {});
        log.append(keyed("key", "a"));

        assertThat(log.refusal(keyed("key", "b"))).isEqualTo(Cause.KEY_REUSED);
        assertThat(log.texts()).hasSize(1);
    }

    /** It would be answered with the receipt of something else, and never be published. */
    @Test
    default void refusesAKeyForSomethingElseWhateverTheirHashCodes() {
        StartedLog log = started(() -> {});
        assertThat(keyed("key", "Aa").hashCode()).isEqualTo(keyed("key", "BB").hashCode());
        log.append(keyed("key", "Aa"));

        assertThat(log.refusal(keyed("key", "BB"))).isEqualTo(Cause.KEY_REUSED);
    }

    @Test
    default void forgetsAKeyAfterItsRetention() {
        StartedLog log = started(() -> {});
        log.append(keyed("key", "a"));
        pass(KEY_RETENTION);
        assertThat(log.append(keyed("key", "a")).ids()).containsExactly("k7f2-1");
        pass(Duration.ofMillis(1));
        assertThat(log.append(keyed("key", "a")).ids()).containsExactly("k7f2-2");
    }

    @Test
    default void forgetsTheOldestKeyWhenThereAreTooMany() {
        StartedLog log = started(() -> {});
        IntStream.rangeClosed(0, MAX_KEYS).forEach(i -> log.append(keyed("key" + i, "-")));

        assertThat(log.append(keyed("key1", "-")).ids()).containsExactly("k7f2-2");
        assertThat(log.append(keyed("key0", "-")).ids()).containsExactly("k7f2-6");
    }
}
