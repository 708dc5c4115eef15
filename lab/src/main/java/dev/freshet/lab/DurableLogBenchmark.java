package dev.freshet.lab;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.access.ReadRights;
import dev.freshet.hub.fanout.start.Selection;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.log.durable.DurableLog;
import dev.freshet.hub.log.durable.DurableLogOptions;
import dev.freshet.hub.log.durable.DurableLogProvider;
import dev.freshet.hub.log.durable.Page;
import dev.freshet.hub.log.durable.PageRequest;
import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.publication.Receipt;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast the durable log is, beside a plain loop of {@code fdatasync} on the same disk: without HTTP, in one process.
 *
 * <pre>
 *   DurableLogBenchmark DIRECTORY SECONDS [EVENTS TOPICS]
 * </pre>
 *
 * <p>The directory is used as it is; with EVENTS it is filled up to so many, over TOPICS topics, before anything is read.
 */
public final class DurableLogBenchmark {
    private static final int PUBLISHERS = 64;
    private static final int BATCH = 100;
    private static final int BATCHES_UNDER_WAY = 8;
    private static final int EVENT_BYTES = 200;
    private static final int PAGE_BYTES = 64 << 10;
    private static final String DATA = "x".repeat(EVENT_BYTES);

    private final Path directory;
    private final long nanos;

    private DurableLogBenchmark(Path directory, long seconds) {
        this.directory = directory;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    /**
     * Runs everything.
     *
     * @param arguments the directory, seconds for each measurement, and perhaps how many events and topics
     * @throws Exception if something fails
     */
    public static void main(String[] arguments) throws Exception {
        DurableLogBenchmark benchmark = new DurableLogBenchmark(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        Files.createDirectories(benchmark.directory);
        long events = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
        int topics = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        benchmark.run(events, topics);
    }

    private void run(long events, int topics) throws Exception {
        long began = System.nanoTime();
        DurableLog log = open();
        say("open, ms", (System.nanoTime() - began) / 1e6);
        began = System.nanoTime();
        long filled = fill(log, events, topics);
        say("filled with events over " + topics + " topics, per second", filled / ((System.nanoTime() - began) / 1e9));
        say("fdatasync, per second", syncs());
        say("single events of " + PUBLISHERS + " publishers, per second", singles(log));
        say("batches of " + BATCH + ", events per second", batches(log, 1));
        say("fdatasync, per second", syncs());
        say("replay of all, events per second", replay(log, "*"));
        say("replay of one topic, events per second", replay(log, "one"));
        if (events > 0) {
            say("last=10 of one of the topics, ms (median of 100)", last(log, topics));
        }
        log.close();
        log.closed().join();
    }

    private DurableLog open() throws IOException {
        DurableLogOptions options = new DurableLogOptions(
                directory,
                4096,
                64 << 20,
                4096,
                new DurableLogOptions.Keys(1000, Duration.ofMinutes(1)),
                Retention.FOR_EVER);
        DurableLog log = ServiceLoader.load(DurableLogProvider.class)
                .findFirst()
                .orElseThrow()
                .open(options, InstantSource.system(), HubObserver.NONE);
        log.start(new Window(WindowLimits.DEFAULT, EventEncoding.PLAIN), () -> {});
        return log;
    }

    private static long fill(DurableLog log, long events, int topics) throws InterruptedException {
        Semaphore underWay = new Semaphore(BATCHES_UNDER_WAY);
        long first = newest(log);
        for (long i = first; i < events; i += BATCH * 10) {
            List<Publication> batch = new ArrayList<>();
            for (int k = 0; k < BATCH * 10; k++) {
                batch.add(publication("t/" + (i + k) % topics));
            }
            append(log, new Batch(batch, Optional.empty()), underWay);
        }
        underWay.acquire(BATCHES_UNDER_WAY);
        return Math.max(0, events - first);
    }

    private double syncs() throws IOException {
        Path file = directory.resolve("sync");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocateDirect(4096);
            for (int i = 0; i < 1024; i++) {
                channel.write(page.clear(), i * 4096L);
            }
            channel.force(true);
            long count = 0;
            long began = System.nanoTime();
            while (System.nanoTime() - began < nanos) {
                channel.write(page.clear(), (count++ % 1024) * 4096);
                channel.force(false);
            }
            return perSecond(count, began);
        } finally {
            Files.delete(file);
        }
    }

    /** Each publisher has one event under way; the next follows from within the answer, as on a connection. */
    private double singles(DurableLog log) {
        AtomicLong count = new AtomicLong();
        long began = System.nanoTime();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            all.add(done);
            Batch batch = Batch.of(publication("one"));
            publish(log, batch, count, began + nanos, done);
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        return perSecond(count.get(), began);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The last publish completes what is waited for.
    private static void publish(
            DurableLog log, Batch batch, AtomicLong count, long deadlineNanos, CompletableFuture<Void> done) {
        log.append(batch).whenComplete((receipt, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else if (System.nanoTime() - deadlineNanos >= 0) {
                done.complete(null);
            } else {
                count.incrementAndGet();
                publish(log, batch, count, deadlineNanos, done);
            }
        });
    }

    private double batches(DurableLog log, int topics) throws InterruptedException {
        Semaphore underWay = new Semaphore(BATCHES_UNDER_WAY);
        long began = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - began < nanos) {
            List<Publication> batch = new ArrayList<>();
            for (int k = 0; k < BATCH; k++) {
                batch.add(publication("batch/" + k % topics));
            }
            append(log, new Batch(batch, Optional.empty()), underWay);
            count += BATCH;
        }
        underWay.acquire(BATCHES_UNDER_WAY);
        return perSecond(count, began);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The permit tells that it is done.
    private static void append(DurableLog log, Batch batch, Semaphore underWay) throws InterruptedException {
        underWay.acquire();
        log.append(batch).whenComplete((Receipt receipt, Throwable failure) -> {
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            underWay.release();
        });
    }

    private double replay(DurableLog log, String selector) {
        Selection selection = selection(selector);
        long head = newest(log) + 1;
        long began = System.nanoTime();
        long next = log.history().earliest();
        long count = 0;
        while (next < head && System.nanoTime() - began < nanos) {
            Page page = log.history()
                    .read(new PageRequest(next, head, selection, EventEncoding.PLAIN, Framing.CHUNKED, PAGE_BYTES))
                    .join();
            count += page.events();
            next = page.next();
        }
        return perSecond(count, began);
    }

    private static double last(DurableLog log, int topics) {
        long head = newest(log) + 1;
        double[] ms = new double[100];
        for (int i = 0; i < ms.length; i++) {
            Selection selection = selection("t/" + (i * 7919L) % topics);
            long began = System.nanoTime();
            long first = log.history().firstOfLast(10, head, selection).join();
            log.history()
                    .read(new PageRequest(first, head, selection, EventEncoding.PLAIN, Framing.CHUNKED, PAGE_BYTES))
                    .join();
            ms[i] = (System.nanoTime() - began) / 1e6;
        }
        java.util.Arrays.sort(ms);
        say("last=10, slowest of 100, ms", ms[ms.length - 1]);
        return ms[ms.length / 2];
    }

    private static long newest(DurableLog log) {
        return log.history().firstOffsetSince(Long.MAX_VALUE).join() - 1;
    }

    private static Selection selection(String selector) {
        return new Selection(Set.of(TopicSelector.parse(selector)), ReadRights.PUBLIC);
    }

    private static Publication publication(String topic) {
        return Publication.of(new Topic(topic), ServerSentEvent.of(DATA));
    }

    private static double perSecond(long count, long beganNanos) {
        return count / ((System.nanoTime() - beganNanos) / 1e9);
    }

    private static void say(String what, double value) {
        System.out.printf("%-60s %,12.1f%n", what, value);
    }
}
