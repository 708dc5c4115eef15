package dev.freshet.hub.testing.contract;

import static dev.freshet.hub.testing.contract.Batches.event;
import static dev.freshet.hub.testing.contract.Batches.publicationAs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshet.hub.log.durable.DurableLog;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Receipt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ids that publishers brought, and where resume finds them. */
public interface PublisherIdContract extends LogContract {
    @Test
    default void takesAnIdThatLooksLikeAnotherLogs() {
        StartedLog log = started(() -> {});

        assertThat(log.append(Batch.of(publicationAs("t", "other-9", "a"))).ids())
                .containsExactly("other-9");
        assertThat(log.offsetOf("other-9")).hasValue(1);
    }

    @Test
    default void putsThePublishersIdOnTheWireAndFindsIt() {
        StartedLog log = started(() -> {});
        log.append(event("t", "a"));

        Receipt receipt = log.append(Batch.of(publicationAs("t", "order 7", "b")));

        assertThat(receipt.ids()).containsExactly("order 7");
        assertThat(log.texts()).last().isEqualTo("id: order 7\ndata: b\n\n");
        assertThat(log.offsetOf("order 7")).hasValue(2);
        assertThat(log.offsetOf("order 8")).isEmpty();
        assertThat(log.offsetOf("k7f2-1")).isEmpty();
    }

    @Test
    default void findsTheFirstPlaceOfAnIdThatWasUsedSeveralTimes() {
        StartedLog log = started(() -> {});
        Stream.of("x", "y", "x", "x").forEach(id -> log.append(Batch.of(publicationAs("t", id, "-"))));

        assertThat(log.offsetOf("x")).hasValue(1);
        assertThat(log.offsetOf("y")).hasValue(2);
    }

    @Test
    default void doesNotFindAnIdWhoseFirstPlaceHasLeftTheWindow() {
        StartedLog log = started(() -> {});
        assumeFalse(log.log() instanceof DurableLog, "a durable log retains more than the window");
        log.append(Batch.of(publicationAs("t", "x", "-")));
        log.append(Batch.of(publicationAs("t", "x", "-")));
        log.append(Batch.of(publicationAs("t", "y", "-")));
        log.fill(MAX_EVENTS - 2);

        assertThat(log.window().earliest()).isEqualTo(2);
        assertThat(log.offsetOf("x")).isEmpty();
        assertThat(log.offsetOf("y")).hasValue(3);
    }

    @Test
    default void takesAnIdForNewWhenAllItsPlacesHaveLeftTheWindow() {
        StartedLog log = started(() -> {});
        assumeFalse(log.log() instanceof DurableLog, "a durable log retains more than the window");
        log.append(Batch.of(publicationAs("t", "x", "-")));
        log.fill(MAX_EVENTS);
        log.append(Batch.of(publicationAs("t", "x", "-")));

        assertThat(log.offsetOf("x")).hasValue(MAX_EVENTS + 2);
    }
}
