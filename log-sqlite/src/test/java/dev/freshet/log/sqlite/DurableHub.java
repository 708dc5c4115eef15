package dev.freshet.log.sqlite;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.Hub;
import dev.freshet.hub.HubConfig;
import dev.freshet.hub.HubSources;
import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.log.durable.DurableLog;
import dev.freshet.hub.log.durable.DurableLogOptions;
import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.ManualClock;
import dev.freshet.hub.testing.RecordingObserver;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.testing.ThreadLane;
import dev.freshet.hub.topic.Topic;
import dev.freshet.log.sqlite.upkeep.LogFile;
import dev.freshet.log.sqlite.upkeep.LogInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.opentest4j.AssertionFailedError;

/** A hub on a log in a directory, with a window of a few events and a lane on a thread of its own. */
final class DurableHub implements AutoCloseable {
    static final int WINDOW = 8;

    /** So that a few events need several. */
    private static final int SMALL_PAGE_BYTES = 300;

    /** None is refused in a test that does not ask for it, however slow the machine. */
    private static final int MAX_READS_WAITING = 1 << 10;

    final ManualClock clock = new ManualClock();
    final RecordingObserver observer = new RecordingObserver();
    final DurableLog log;
    final Hub hub;
    private final Path directory;
    private final ThreadLane thread = new ThreadLane("lane");
    private volatile Duration wallClockOff = Duration.ZERO;

    private DurableHub(Path directory, Retention retention, Duration later, EventEncoding encoding, int maxPortionBytes)
            throws IOException {
        this.directory = directory;
        clock.advance(later);
        log = new SqliteLogProvider(clock)
                .open(options(directory, retention), () -> clock.instant().plus(wallClockOff), observer);
        LaneOptions lanes = new LaneOptions(
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ofMillis(2),
                Duration.ZERO,
                256 << 10,
                maxPortionBytes);
        HubConfig config = new HubConfig(new WindowLimits(WINDOW, 1 << 20, 1 << 16), lanes, encoding);
        hub = new Hub(config, log, List.of(thread), new HubSources(clock, clock, () -> new Random(1), observer));
    }

    static DurableHub on(Path directory) throws IOException {
        return on(directory, Retention.FOR_EVER);
    }

    static DurableHub on(Path directory, Retention retention) throws IOException {
        return new DurableHub(directory, retention, Duration.ZERO, EventEncoding.PLAIN, SMALL_PAGE_BYTES);
    }

    /** A hub that reads the disk in pages of which few hold a whole history. */
    static DurableHub withPages(Path directory, int pageBytes) throws IOException {
        return new DurableHub(directory, Retention.FOR_EVER, Duration.ZERO, EventEncoding.PLAIN, pageBytes);
    }

    /** A hub that is started when some time has passed since the others began. */
    static DurableHub later(Path directory, Duration later) throws IOException {
        return new DurableHub(directory, Retention.FOR_EVER, later, EventEncoding.PLAIN, SMALL_PAGE_BYTES);
    }

    /** A hub whose events tell their topics. */
    static DurableHub withTopics(Path directory) throws IOException {
        return new DurableHub(
                directory, Retention.FOR_EVER, Duration.ZERO, EventEncoding.WITH_TOPICS, SMALL_PAGE_BYTES);
    }

    static DurableLogOptions options(Path directory, Retention retention) {
        return new DurableLogOptions(
                directory,
                64,
                1 << 20,
                MAX_READS_WAITING,
                new DurableLogOptions.Keys(100, Duration.ofMinutes(10)),
                retention);
    }

    /** Sets the log's time of day; what measures how long something takes goes on. */
    void setWallClock(Duration off) {
        wallClockOff = off;
    }

    String publish(String topic, String data) {
        return publish(Publication.of(new Topic(topic), ServerSentEvent.of(data)));
    }

    String publish(Publication publication) {
        return await(hub.publish(publication)).ids().get(0);
    }

    List<String> publish(Batch batch) {
        return await(hub.publish(batch)).ids();
    }

    void publishNumbers(String topic, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> publish(topic, "" + i));
    }

    RecordingSink subscribe(SubscriptionBuilder asked) {
        return subscribe(asked, new RecordingSink(Framing.CHUNKED));
    }

    RecordingSink subscribe(SubscriptionBuilder asked, RecordingSink sink) {
        onLane(() -> {
            hub.lanes().get(0).subscribe(asked.build(), sink);
            return null;
        });
        return sink;
    }

    List<String> data(RecordingSink sink) {
        return look(sink, RecordingSink::data);
    }

    <T> T look(RecordingSink sink, Function<RecordingSink, T> what) {
        return onLane(() -> what.apply(sink));
    }

    <T> T onLane(java.util.function.Supplier<T> task) {
        return await(CompletableFuture.supplyAsync(task, thread::execute));
    }

    /** Waits while time passes, as it does for a hub that runs. */
    void settle(Condition condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
            clock.advance(Duration.ofMillis(300));
            return condition.isMet();
        });
    }

    /** What the log holds now. */
    LogInfo info() {
        try {
            return LogFile.in(directory).info();
        } catch (IOException e) {
            throw new AssertionFailedError("log: cannot be read", e);
        }
    }

    interface Condition {
        boolean isMet() throws IOException;
    }

    @Override
    public void close() {
        await(hub.close(Duration.ZERO));
        thread.close();
    }

    static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
