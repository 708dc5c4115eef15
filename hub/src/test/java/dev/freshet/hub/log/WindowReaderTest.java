package dev.freshet.hub.log;

import static dev.freshet.hub.log.Events.plainText;
import static dev.freshet.hub.log.Events.sized;
import static dev.freshet.hub.log.Events.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A pin, and what the writer may do meanwhile. */
class WindowReaderTest {
    private static final int SEGMENT = 1000;

    private final Window window = new Window(new WindowLimits(1000, 3 * SEGMENT, SEGMENT), EventEncoding.PLAIN);
    private long next = 1;

    @Test
    void keepsTheBytesOfWhatHasLeftTheWindow() {
        append(3);
        WindowReader reader = window.reader();
        reader.pin(1);
        WindowEntry entry = window.entry(1);
        String before = text(entry, Framing.PLAIN);
        ByteBuffer view = entry.chunksUpTo(entry);
        String viewBefore = text(view);

        append(50);

        assertThat(window.entry(1)).isNull();
        assertThat(text(entry, Framing.PLAIN)).isEqualTo(before).isEqualTo(plainText(sized(1, 600)));
        assertThat(text(view)).isEqualTo(viewBefore);
    }

    @Test
    void memoryIsUsedAgainOnceNobodyPinsIt() {
        append(10);
        WindowReader reader = window.reader();
        reader.pin(window.earliest());
        append(50);
        assertThat(window.allocatedBytes()).isGreaterThan(40 * SEGMENT);

        reader.release();
        append(1);

        assertThat(window.allocatedBytes()).isLessThanOrEqualTo(4 * SEGMENT);
    }

    @Test
    void onlyWhatIsPinnedRests() {
        append(10);
        WindowReader reader = window.reader();
        reader.pin(window.earliest());
        reader.pin(window.head());
        append(3);
        assertThat(window.allocatedBytes()).isLessThanOrEqualTo(4 * SEGMENT);
    }

    @Test
    void theLowestPinCounts() {
        WindowReader high = window.reader();
        WindowReader low = window.reader();
        append(3);
        low.pin(1);
        high.pin(3);
        WindowEntry first = window.entry(1);
        append(20);
        high.release();
        append(20);

        assertThat(text(first, Framing.PLAIN)).isEqualTo(plainText(sized(1, 600)));
    }

    @Test
    void aSegmentIsUsedAgainAndNotMadeAnew() {
        int[] made = {0};
        Window counting = new Window(new WindowLimits(1000, 3 * SEGMENT, SEGMENT), EventEncoding.PLAIN, sizeBytes -> {
            made[0]++;
            return ByteBuffer.allocateDirect(sizeBytes);
        });
        for (long offset = 1; offset <= 1000; offset++) {
            counting.append(List.of(sized(offset, 600)));
        }

        assertThat(made[0]).isLessThanOrEqualTo(4);
    }

    /** Readers that pin, look and read while the writer runs through a small window must never see a byte of another event. */
    @Test
    void noReaderEverReadsATornEvent() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("WindowReaderTest: -Dseed=" + seed);
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicLong read = new AtomicLong();
        List<Thread> readers = new ArrayList<>();
        IntStream.range(0, 2)
                .forEach(i -> readers.add(new Thread(() -> {
                    try {
                        readAll(new Random(seed + i), isOver, read);
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                })));
        readers.forEach(Thread::start);

        Random random = new Random(seed);
        long deadlineNanos = System.nanoTime() + 1_500_000_000L;
        while (failure.get() == null && System.nanoTime() - deadlineNanos < 0) {
            window.append(List.of(sized(next, 100 + random.nextInt(600))));
            next++;
        }
        isOver.set(true);
        for (Thread reader : readers) {
            reader.join(10_000);
        }

        assertThat(failure.get()).isNull();
        assertThat(read.get()).isGreaterThan(1000);
    }

    private void readAll(Random random, AtomicBoolean isOver, AtomicLong read) {
        WindowReader reader = window.reader();
        while (!isOver.get()) {
            long from = Math.max(1, window.earliest() - 1 + random.nextInt(4));
            reader.pin(from);
            List<WindowEntry> entries = new ArrayList<>();
            for (long offset = from; offset < window.head(); offset++) {
                WindowEntry entry = window.entry(offset);
                if (entry != null) {
                    entries.add(entry);
                }
            }
            for (int again = random.nextInt(3); again >= 0; again--) {
                for (WindowEntry entry : entries) {
                    checkWhole(entry);
                    read.incrementAndGet();
                }
            }
            reader.release();
        }
    }

    private static void checkWhole(WindowEntry entry) {
        String text = text(entry, Framing.PLAIN);
        String head = "id: e-" + Long.toString(entry.offset(), 36) + "\ndata: x";
        if (!text.startsWith(head)
                || !text.endsWith("x\n\n")
                || text.indexOf('\n', head.length()) != text.length() - 2) {
            throw new AssertionError("torn: " + entry.offset() + ": " + text);
        }
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            window.append(List.of(sized(next, 600)));
            next++;
        }
    }
}
