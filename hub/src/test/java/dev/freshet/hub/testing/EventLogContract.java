package dev.freshet.hub.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowEntry;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.log.WindowReader;
import dev.freshet.hub.log.durable.DurableLog;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.publication.Receipt;
import dev.freshet.hub.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link EventLog} must do. A log's test extends it and says how to make one. */
public abstract class EventLogContract {
    /** The epoch that logs are made with. */
    protected static final String EPOCH = "k7f2";

    private static final int MAX_EVENTS = 64;
    private static final int MAX_WAITING = 8;
    private static final int MAX_WAITING_BYTES = 10_000;
    private static final int MAX_KEYS = 4;
    private static final Duration KEY_RETENTION = Duration.ofMinutes(10);

    private final ManualClock clock = new ManualClock();
    private final List<EventLog> made = new ArrayList<>();

    /** Called by JUnit. */
    protected EventLogContract() {}

    /**
     * Makes an empty log that was not started.
     *
     * @param asked what it must be like
     * @return the log; it is closed after the test
     * @throws Exception if it cannot be made
     */
    protected abstract EventLog create(Asked asked) throws Exception;

    /**
     * What a log must be like.
     *
     * @param clock gives events their time
     * @param maxWaiting the most batches that may wait
     * @param maxWaitingBytes about the most bytes of them
     * @param maxKeys the most idempotency keys that are remembered
     * @param keyRetention how long an idempotency key is remembered
     */
    public record Asked(
            InstantSource clock, int maxWaiting, long maxWaitingBytes, int maxKeys, Duration keyRetention) {}

    @AfterEach
    void closeLogs() {
        made.forEach(EventLogContract::close);
    }

    private static void close(EventLog log) {
        log.close();
        if (log instanceof DurableLog durable) {
            durable.closed().orTimeout(10, SECONDS).join();
        }
    }

    @Test
    void numbersEventsFromOneInTheOrderOfTheAppends() {
        Started log = started(() -> {});

        List<String> ids = Stream.of("a", "b", "c")
                .flatMap(data -> log.append(event("t", data)).ids().stream())
                .toList();

        assertThat(ids).containsExactly("k7f2-1", "k7f2-2", "k7f2-3");
        assertThat(log.texts())
                .containsExactly("id: k7f2-1\ndata: a\n\n", "id: k7f2-2\ndata: b\n\n", "id: k7f2-3\ndata: c\n\n");
        assertThat(log.log.epoch()).isEqualTo(EPOCH);
    }

    @Test
    void showsWhatWasPublishedToTheWindow() {
        Started log = started(() -> {});
        List<Topic> topics = List.of(new Topic("a"), new Topic("b"));

        log.append(Batch.of(new Publication(ServerSentEvent.of("x"), topics, true)));

        WindowEntry entry = log.entry(1);
        assertThat(entry.topics()).isEqualTo(topics);
        assertThat(entry.isPrivate()).isTrue();
        assertThat(entry.timeMs()).isEqualTo(clock.millis());
    }

    @Test
    void neverGivesAnEventAnEarlierTimeThanTheOneBefore() {
        Started log = started(() -> {});
        log.append(event("t", "a"));
        long firstMs = clock.millis();
        clock.advance(Duration.ofSeconds(-5));
        log.append(event("t", "b"));
        clock.advance(Duration.ofSeconds(7));
        log.append(event("t", "c"));

        assertThat(LongStream.rangeClosed(1, 3).mapToObj(log::entry).map(WindowEntry::timeMs))
                .containsExactly(firstMs, firstMs, firstMs + 2000);
    }

    @Test
    void appendsABatchAsAWholeAndInOrder() {
        Started log = started(() -> {});

        Receipt receipt = log.append(batch("t", "a", "b", "c"));

        assertThat(receipt.ids()).containsExactly("k7f2-1", "k7f2-2", "k7f2-3");
        assertThat(log.texts()).hasSize(3).last().asString().contains("data: c");
    }

    @Test
    void appendsNothingOfABatchThatIsTooLarge() {
        Started log = started(() -> {});
        log.append(event("t", "before"));

        Cause cause = log.refusal(batch(
                "t", IntStream.rangeClosed(0, MAX_EVENTS).mapToObj(i -> "x" + i).toArray(String[]::new)));

        assertThat(cause).isEqualTo(Cause.TOO_LARGE);
        assertThat(log.append(event("t", "after")).ids()).containsExactly("k7f2-2");
        assertThat(log.texts()).hasSize(2).noneMatch(text -> text.contains("data: x"));
    }

    @Test
    void appendsNothingOfABatchWithAForgedId() {
        Started log = started(() -> {});

        Cause cause = log.refusal(new Batch(
                List.of(publication("t", "a"), publicationAs("t", "own", "b"), publicationAs("t", "k7f2-9", "c")),
                Optional.of("key")));

        assertThat(cause).isEqualTo(Cause.RESERVED_ID);
        assertThat(log.texts()).isEmpty();
        assertThat(log.offsetOf("own")).isEmpty();
        assertThat(log.append(keyed("key", "again")).ids()).containsExactly("k7f2-1");
    }

    @Test
    void takesAnIdThatLooksLikeAnotherLogs() {
        Started log = started(() -> {});

        assertThat(log.append(Batch.of(publicationAs("t", "other-9", "a"))).ids())
                .containsExactly("other-9");
        assertThat(log.offsetOf("other-9")).hasValue(1);
    }

    @Test
    void putsThePublishersIdOnTheWireAndFindsIt() {
        Started log = started(() -> {});
        log.append(event("t", "a"));

        Receipt receipt = log.append(Batch.of(publicationAs("t", "order 7", "b")));

        assertThat(receipt.ids()).containsExactly("order 7");
        assertThat(log.texts()).last().isEqualTo("id: order 7\ndata: b\n\n");
        assertThat(log.offsetOf("order 7")).hasValue(2);
        assertThat(log.offsetOf("order 8")).isEmpty();
        assertThat(log.offsetOf("k7f2-1")).isEmpty();
    }

    @Test
    void findsTheFirstPlaceOfAnIdThatWasUsedSeveralTimes() {
        Started log = started(() -> {});
        Stream.of("x", "y", "x", "x").forEach(id -> log.append(Batch.of(publicationAs("t", id, "-"))));

        assertThat(log.offsetOf("x")).hasValue(1);
        assertThat(log.offsetOf("y")).hasValue(2);
    }

    @Test
    void doesNotFindAnIdWhoseFirstPlaceHasLeftTheWindow() {
        Started log = started(() -> {});
        assumeFalse(log.log instanceof DurableLog, "a durable log retains more than the window");
        log.append(Batch.of(publicationAs("t", "x", "-")));
        log.append(Batch.of(publicationAs("t", "x", "-")));
        log.append(Batch.of(publicationAs("t", "y", "-")));
        log.fill(MAX_EVENTS - 2);

        assertThat(log.window.earliest()).isEqualTo(2);
        assertThat(log.offsetOf("x")).isEmpty();
        assertThat(log.offsetOf("y")).hasValue(3);
    }

    @Test
    void takesAnIdForNewWhenAllItsPlacesHaveLeftTheWindow() {
        Started log = started(() -> {});
        assumeFalse(log.log instanceof DurableLog, "a durable log retains more than the window");
        log.append(Batch.of(publicationAs("t", "x", "-")));
        log.fill(MAX_EVENTS);
        log.append(Batch.of(publicationAs("t", "x", "-")));

        assertThat(log.offsetOf("x")).hasValue(MAX_EVENTS + 2);
    }

    @Test
    void answersARepeatedRequestWithItsFirstReceipt() {
        Started log = started(() -> {});

        Receipt first = log.append(keyed("key", "a"));
        Receipt again = log.append(keyed("key", "a"));
        Receipt other = log.append(keyed("other", "b"));

        assertThat(again).isEqualTo(first);
        assertThat(other.ids()).containsExactly("k7f2-2");
        assertThat(log.texts()).hasSize(2);
    }

    @Test
    void answersARepeatedBatchWithAllOfItsIds() {
        Started log = started(() -> {});
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
    void refusesAKeyThatWasUsedForSomethingElse() {
        Started log = started(() -> {});
        log.append(keyed("key", "a"));

        assertThat(log.refusal(keyed("key", "b"))).isEqualTo(Cause.KEY_REUSED);
        assertThat(log.texts()).hasSize(1);
    }

    /** It would be answered with the receipt of something else, and never be published. */
    @Test
    void refusesAKeyForSomethingElseWhateverTheirHashCodes() {
        Started log = started(() -> {});
        assertThat(keyed("key", "Aa").hashCode()).isEqualTo(keyed("key", "BB").hashCode());
        log.append(keyed("key", "Aa"));

        assertThat(log.refusal(keyed("key", "BB"))).isEqualTo(Cause.KEY_REUSED);
    }

    @Test
    void forgetsAKeyAfterItsRetention() {
        Started log = started(() -> {});
        log.append(keyed("key", "a"));
        clock.advance(KEY_RETENTION);
        assertThat(log.append(keyed("key", "a")).ids()).containsExactly("k7f2-1");
        clock.advance(Duration.ofMillis(1));
        assertThat(log.append(keyed("key", "a")).ids()).containsExactly("k7f2-2");
    }

    @Test
    void forgetsTheOldestKeyWhenThereAreTooMany() {
        Started log = started(() -> {});
        IntStream.rangeClosed(0, MAX_KEYS).forEach(i -> log.append(keyed("key" + i, "-")));

        assertThat(log.append(keyed("key1", "-")).ids()).containsExactly("k7f2-2");
        assertThat(log.append(keyed("key0", "-")).ids()).containsExactly("k7f2-6");
    }

    @Test
    void ringsAfterTheEventsAreInTheWindow() {
        List<Long> heads = new ArrayList<>();
        Window[] window = new Window[1];
        Started log = started(() -> heads.add(window[0].head()));
        window[0] = log.window;

        log.append(event("t", "a"));
        log.append(batch("t", "b", "c"));

        assertThat(heads).containsExactly(2L, 4L);
    }

    @Test
    void refusesWhenTooManyBatchesWaitAndTakesAllThatItAccepted() throws Exception {
        CountDownLatch isWriting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Started log = started(() -> {
            isWriting.countDown();
            awaitQuietly(goOn);
        });
        Thread writer = new Thread(() -> log.log.append(event("t", "first")));
        writer.start();
        assertThat(isWriting.await(10, SECONDS)).isTrue();

        List<CompletableFuture<Receipt>> answers = IntStream.range(0, MAX_WAITING * 2)
                .mapToObj(i -> log.log.append(event("t", "x" + i)))
                .toList();
        boolean wasUsable = log.log.isUsable();
        List<CompletableFuture<Receipt>> refused = answers.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .toList();
        goOn.countDown();
        writer.join(10_000);

        assertThat(wasUsable).isFalse();
        assertThat(refused)
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(causeOf(answer)).isEqualTo(Cause.QUEUE_FULL));
        List<CompletableFuture<Receipt>> accepted = new ArrayList<>(answers);
        accepted.removeAll(refused);
        for (CompletableFuture<Receipt> answer : accepted) {
            assertThat(answer.get(10, SECONDS).ids()).hasSize(1);
        }
        assertThat(log.texts()).hasSize(1 + accepted.size());
        assertThat(log.log.isUsable()).isTrue();
        assertThat(log.append(event("t", "last")).ids()).hasSize(1);
    }

    /** A few large ones need as much memory as thousands of small ones. */
    @Test
    void refusesWhenTooManyBytesWaitButTakesALargeOneAlone() throws Exception {
        CountDownLatch isWriting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Started log = started(() -> {
            isWriting.countDown();
            awaitQuietly(goOn);
        });
        Thread writer = new Thread(() -> log.log.append(event("t", "first")));
        writer.start();
        assertThat(isWriting.await(10, SECONDS)).isTrue();

        CompletableFuture<Receipt> large = log.log.append(event("t", "x".repeat(MAX_WAITING_BYTES)));
        boolean wasUsable = log.log.isUsable();
        Cause cause = log.refusal(event("t", "small"));
        goOn.countDown();
        writer.join(10_000);

        assertThat(cause).isEqualTo(Cause.QUEUE_FULL);
        assertThat(wasUsable).isFalse();
        assertThat(large.get(10, SECONDS).ids()).hasSize(1);
        assertThat(log.append(event("t", "last")).ids()).hasSize(1);
        assertThat(log.log.isUsable()).isTrue();
    }

    @Test
    void refusesWhenItIsClosed() {
        Started log = started(() -> {});
        assertThat(log.log.isUsable()).isTrue();
        log.append(event("t", "a"));

        log.log.close();
        log.log.close();

        assertThat(log.refusal(event("t", "b"))).isEqualTo(Cause.CLOSED);
        assertThat(log.log.isUsable()).isFalse();
        assertThat(log.texts()).hasSize(1);
    }

    @Test
    void takesWhatWasAcceptedBeforeItWasClosed() throws Exception {
        CountDownLatch isWriting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Started log = started(() -> {
            isWriting.countDown();
            awaitQuietly(goOn);
        });
        Thread writer = new Thread(() -> log.log.append(event("t", "first")));
        writer.start();
        assertThat(isWriting.await(10, SECONDS)).isTrue();
        CompletableFuture<Receipt> accepted = log.log.append(event("t", "second"));

        log.log.close();
        goOn.countDown();
        writer.join(10_000);

        assertThat(accepted.get(10, SECONDS).ids()).containsExactly("k7f2-2");
    }

    @Test
    void mayBeAppendedToFromWithinAnAnswer() throws Exception {
        Started log = started(() -> {});

        CompletableFuture<Receipt> second =
                log.log.append(event("t", "a")).thenCompose(first -> log.log.append(event("t", "b")));

        assertThat(second.get(10, SECONDS).ids()).containsExactly("k7f2-2");
    }

    @Test
    void keepsTheOrderOfEachPublisherAndBatchesTogetherWhenManyAppendAtOnce() throws Exception {
        int publishers = 6;
        int batchesEach = 300;
        Window window =
                new Window(new WindowLimits(publishers * batchesEach * 3, 8 << 20, 1 << 16), EventEncoding.PLAIN);
        Started log = started(window, () -> {});
        CyclicBarrier begin = new CyclicBarrier(publishers);
        List<Map<String, String>> acknowledged = new ArrayList<>();
        List<Thread> threads = IntStream.range(0, publishers)
                .mapToObj(publisher -> {
                    Map<String, String> mine = new HashMap<>();
                    acknowledged.add(mine);
                    return new Thread(() -> publish(log, begin, publisher, batchesEach, mine));
                })
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(30_000);
        }

        List<String> texts = log.texts();
        assertThat(texts).hasSize(publishers * batchesEach * 3);
        assertThat(inOrder(texts, publishers)).isTrue();
        Set<String> logged = new HashSet<>(texts);
        acknowledged.forEach(mine -> {
            assertThat(mine).hasSize(batchesEach * 3);
            mine.forEach((data, id) -> assertThat(logged).contains("id: " + id + "\ndata: " + data + "\n\n"));
        });
    }

    private static void publish(
            Started log, CyclicBarrier begin, int publisher, int batches, Map<String, String> acknowledged) {
        try {
            begin.await(10, SECONDS);
            for (int i = 0; i < batches; i++) {
                String[] data = {publisher + " " + i * 3, publisher + " " + (i * 3 + 1), publisher + " " + (i * 3 + 2)};
                List<String> ids = log.append(batch("t", data)).ids();
                for (int k = 0; k < data.length; k++) {
                    acknowledged.put(data[k], ids.get(k));
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean inOrder(List<String> texts, int publishers) {
        int[] next = new int[publishers];
        int last = -1;
        for (String text : texts) {
            String[] data = text.substring(text.indexOf("data: ") + 6).strip().split(" ");
            int publisher = Integer.parseInt(data[0]);
            int number = Integer.parseInt(data[1]);
            boolean isInsideBatch = number % 3 > 0;
            if (number != next[publisher]++ || isInsideBatch && publisher != last) {
                return false;
            }
            last = publisher;
        }
        return true;
    }

    private Started started(Runnable bell) {
        return started(new Window(new WindowLimits(MAX_EVENTS, 1 << 20, 1 << 12), EventEncoding.PLAIN), bell);
    }

    private Started started(Window window, Runnable bell) {
        EventLog log = create();
        made.add(log);
        log.start(window, bell);
        return new Started(log, window, window.reader());
    }

    private EventLog create() {
        try {
            return create(new Asked(clock, MAX_WAITING, MAX_WAITING_BYTES, MAX_KEYS, KEY_RETENTION));
        } catch (Exception e) {
            throw new AssertionError("log: not made (expected: an empty one)", e);
        }
    }

    private static Batch event(String topic, String data) {
        return Batch.of(publication(topic, data));
    }

    private static Batch batch(String topic, String... data) {
        return new Batch(
                Arrays.stream(data).map(each -> publication(topic, each)).toList(), Optional.empty());
    }

    private static Batch keyed(String key, String data) {
        return new Batch(List.of(publication("t", data)), Optional.of(key));
    }

    private static Publication publication(String topic, String data) {
        return Publication.of(new Topic(topic), ServerSentEvent.of(data));
    }

    private static Publication publicationAs(String topic, String id, String data) {
        return Publication.of(new Topic(topic), ServerSentEvent.of(data).withId(id));
    }

    private static Cause causeOf(CompletableFuture<Receipt> answer) {
        try {
            Receipt receipt = answer.get(10, SECONDS);
            throw new AssertionError("answer: " + receipt + " (expected: a refusal)");
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(AppendRefusedException.class);
            return ((AppendRefusedException) e.getCause()).reason();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("answer: none (expected: a refusal)", e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Started(EventLog log, Window window, WindowReader reader) {
        Receipt append(Batch batch) {
            try {
                return log.append(batch).get(10, SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new AssertionError("append: refused (expected: a receipt)", e);
            }
        }

        OptionalLong offsetOf(String id) {
            return log.offsetOf(id).orTimeout(10, SECONDS).join();
        }

        Cause refusal(Batch batch) {
            return causeOf(log.append(batch));
        }

        void fill(int count) {
            IntStream.range(0, count).forEach(i -> append(event("fill", "-")));
        }

        WindowEntry entry(long offset) {
            WindowEntry entry = window.entry(offset);
            if (entry == null) {
                throw new AssertionError("offset: " + offset + " has left the window (expected: it is there)");
            }
            return entry;
        }

        List<String> texts() {
            reader.pin(window.earliest());
            try {
                return LongStream.range(window.earliest(), window.head())
                        .mapToObj(offset -> text(entry(offset)))
                        .toList();
            } finally {
                reader.release();
            }
        }

        private static String text(WindowEntry entry) {
            ByteBuffer bytes = ByteBuffer.allocate(entry.sizeBytes(Framing.PLAIN));
            entry.copyTo(bytes, Framing.PLAIN);
            return new String(bytes.array(), StandardCharsets.UTF_8);
        }
    }
}
