package dev.freshet.hub.testing.contract;

import static dev.freshet.hub.testing.contract.Batches.batch;
import static dev.freshet.hub.testing.contract.Batches.event;
import static dev.freshet.hub.testing.contract.Batches.keyed;
import static dev.freshet.hub.testing.contract.Batches.publication;
import static dev.freshet.hub.testing.contract.Batches.publicationAs;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowEntry;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.publication.Receipt;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of events that are appended: their order, ids and times, and that a batch is one thing. */
public interface AppendContract extends LogContract {
    @Test
    default void numbersEventsFromOneInTheOrderOfTheAppends() {
        StartedLog log = started(() -> {});

        List<String> ids = Stream.of("a", "b", "c")
                .flatMap(data -> log.append(event("t", data)).ids().stream())
                .toList();

        assertThat(ids).containsExactly("k7f2-1", "k7f2-2", "k7f2-3");
        assertThat(log.texts())
                .containsExactly("id: k7f2-1\ndata: a\n\n", "id: k7f2-2\ndata: b\n\n", "id: k7f2-3\ndata: c\n\n");
        assertThat(log.log().epoch()).isEqualTo(EPOCH);
    }

    @Test
    default void showsWhatWasPublishedToTheWindow() {
        StartedLog log = started(() -> {});
        List<Topic> topics = List.of(new Topic("a"), new Topic("b"));

        log.append(Batch.of(new Publication(ServerSentEvent.of("x"), topics, true)));

        WindowEntry entry = log.entry(1);
        assertThat(entry.topics()).isEqualTo(topics);
        assertThat(entry.isPrivate()).isTrue();
        assertThat(entry.timeMs()).isEqualTo(nowMs());
    }

    @Test
    default void neverGivesAnEventAnEarlierTimeThanTheOneBefore() {
        StartedLog log = started(() -> {});
        log.append(event("t", "a"));
        long firstMs = nowMs();
        pass(Duration.ofSeconds(-5));
        log.append(event("t", "b"));
        pass(Duration.ofSeconds(7));
        log.append(event("t", "c"));

        assertThat(LongStream.rangeClosed(1, 3).mapToObj(log::entry).map(WindowEntry::timeMs))
                .containsExactly(firstMs, firstMs, firstMs + 2000);
    }

    @Test
    default void appendsABatchAsAWholeAndInOrder() {
        StartedLog log = started(() -> {});

        Receipt receipt = log.append(batch("t", "a", "b", "c"));

        assertThat(receipt.ids()).containsExactly("k7f2-1", "k7f2-2", "k7f2-3");
        assertThat(log.texts()).hasSize(3).last().asString().contains("data: c");
    }

    @Test
    default void appendsNothingOfABatchThatIsTooLarge() {
        StartedLog log = started(() -> {});
        log.append(event("t", "before"));

        Cause cause = log.refusal(batch(
                "t", IntStream.rangeClosed(0, MAX_EVENTS).mapToObj(i -> "x" + i).toArray(String[]::new)));

        assertThat(cause).isEqualTo(Cause.TOO_LARGE);
        assertThat(log.append(event("t", "after")).ids()).containsExactly("k7f2-2");
        assertThat(log.texts()).hasSize(2).noneMatch(text -> text.contains("data: x"));
    }

    @Test
    default void appendsNothingOfABatchWithAForgedId() {
        StartedLog log = started(() -> {});

        Cause cause = log.refusal(new Batch(
                List.of(publication("t", "a"), publicationAs("t", "own", "b"), publicationAs("t", "k7f2-9", "c")),
                Optional.of("key")));

        assertThat(cause).isEqualTo(Cause.RESERVED_ID);
        assertThat(log.texts()).isEmpty();
        assertThat(log.offsetOf("own")).isEmpty();
        assertThat(log.append(keyed("key", "again")).ids()).containsExactly("k7f2-1");
    }

    @Test
    default void ringsAfterTheEventsAreInTheWindow() {
        List<Long> heads = new ArrayList<>();
        Window[] window = new Window[1];
        StartedLog log = started(() -> heads.add(window[0].head()));
        window[0] = log.window();

        log.append(event("t", "a"));
        log.append(batch("t", "b", "c"));

        assertThat(heads).containsExactly(2L, 4L);
    }

    @Test
    default void mayBeAppendedToFromWithinAnAnswer() throws Exception {
        StartedLog log = started(() -> {});

        CompletableFuture<Receipt> second =
                log.log().append(event("t", "a")).thenCompose(first -> log.log().append(event("t", "b")));

        assertThat(second.get(10, SECONDS).ids()).containsExactly("k7f2-2");
    }
}
