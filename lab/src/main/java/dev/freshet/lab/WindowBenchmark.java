package dev.freshet.lab;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowEntry;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.log.memory.MemoryLog;
import dev.freshet.hub.log.memory.MemoryLogOptions;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.publication.Receipt;
import dev.freshet.hub.topic.Topic;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The log in memory and its window, full, with events of 200 bytes. Expected for an event: 1 us to append it alone, less in a
 * batch; 50 ns to read it, most of it the copy. No lane is woken.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WindowBenchmark {
    private static final int BATCH = 100;

    private final Window window = new Window(WindowLimits.DEFAULT, EventEncoding.PLAIN);
    private final MemoryLog log =
            new MemoryLog("bench", MemoryLogOptions.DEFAULT, InstantSource.system(), HubObserver.NONE);
    private final Publication publication =
            Publication.of(new Topic("orders/42"), ServerSentEvent.of("status", "x".repeat(160)));
    private final Batch one = Batch.of(publication);
    private final Batch many = new Batch(Collections.nCopies(BATCH, publication), Optional.empty());
    private final ByteBuffer target = ByteBuffer.allocateDirect(1 << 10);
    private long next;

    /** Fills the window. */
    public WindowBenchmark() {
        log.start(window, () -> {});
        while (window.earliest() == 1) {
            log.append(many).join();
        }
    }

    /**
     * Appends one event.
     *
     * @return its receipt
     */
    @Benchmark
    public CompletableFuture<Receipt> append() {
        return log.append(one);
    }

    /**
     * Appends a batch; the time is that of each event.
     *
     * @return the batch's receipt
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public CompletableFuture<Receipt> appendBatch() {
        return log.append(many);
    }

    /**
     * Finds an event and copies its bytes.
     *
     * @return the number of bytes
     */
    @Benchmark
    public int read() {
        long retained = window.head() - window.earliest();
        WindowEntry entry = window.entry(window.earliest() + next++ % retained);
        if (entry == null) {
            throw new IllegalStateException("event: gone (expected: retained, as nobody appends)");
        }
        entry.copyTo(target.clear(), Framing.CHUNKED);
        return target.position();
    }
}
