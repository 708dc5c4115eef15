package dev.freshet.hub.testing.contract;

import static dev.freshet.hub.testing.contract.Batches.event;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowEntry;
import dev.freshet.hub.log.WindowReader;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Receipt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A log that was started, asked and answered within a time. Thread-safe, but for {@link #texts}.
 *
 * @param log the log
 * @param window what it fills
 * @param reader pins what is read
 */
public record StartedLog(EventLog log, Window window, WindowReader reader) {
    /**
     * Starts a log.
     *
     * @param log that was not started
     * @param window what it shall fill
     * @param bell what it shall ring
     * @return the log, started
     */
    public static StartedLog of(EventLog log, Window window, Runnable bell) {
        log.start(window, bell);
        return new StartedLog(log, window, window.reader());
    }

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

    static Cause causeOf(CompletableFuture<Receipt> answer) {
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
}
