package dev.freshet.hub.log;

import static dev.freshet.hub.log.Events.eventAt;
import static dev.freshet.hub.log.Events.plainText;
import static dev.freshet.hub.log.Events.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.topic.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random batches, refusals and failures of memory against a plain list of all events. */
class WindowModelTest {
    private static final int TOPICS = 6;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<LoggedEvent> log = new ArrayList<>();
    private boolean isOutOfMemory;

    @Test
    void agreesWithAListOfAllEvents() {
        System.out.println("WindowModelTest: -Dseed=" + seed);
        for (int round = 0; round < 60; round++) {
            log.clear();
            int segmentBytes = 64 + random.nextInt(400);
            WindowLimits limits =
                    new WindowLimits(1 + random.nextInt(40), segmentBytes * (2L + random.nextInt(6)), segmentBytes);
            Window window = new Window(limits, EventEncoding.PLAIN, this::allocate);
            for (int batch = 0; batch < 80; batch++) {
                append(window, limits);
                check(window, limits);
            }
        }
    }

    private void append(Window window, WindowLimits limits) {
        List<LoggedEvent> batch = IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(i -> event(log.size() + 1 + i))
                .toList();
        long earliest = window.earliest();
        isOutOfMemory = random.nextInt(8) == 0;
        try {
            window.append(batch);
            log.addAll(batch);
            assertThat(window.earliest())
                    .describedAs("the whole batch is there: %s", limits)
                    .isLessThanOrEqualTo(batch.get(0).offset());
        } catch (AppendRefusedException e) {
            assertThat(window.earliest()).isEqualTo(earliest);
        } catch (OutOfMemoryError e) {
            assertThat(isOutOfMemory).isTrue();
        }
        isOutOfMemory = false;
    }

    private void check(Window window, WindowLimits limits) {
        assertThat(window.head()).isEqualTo(log.size() + 1L);
        assertThat(window.earliest()).isBetween(1L, window.head());
        assertThat(window.head() - window.earliest()).isLessThanOrEqualTo(limits.maxEvents());
        assertThat(window.allocatedBytes()).isLessThanOrEqualTo(limits.maxBytes() + limits.segmentBytes());
        assertThat(window.entry(window.earliest() - 1)).isNull();
        for (long offset = window.earliest(); offset < window.head(); offset++) {
            checkEntry(window, offset);
        }
        for (int topic = 0; topic < TOPICS; topic++) {
            Topic name = new Topic("t" + topic);
            assertThat(window.newestOffset(name)).isEqualTo(newest(name, window.head(), window.earliest()));
        }
        long timeMs = random.nextInt(log.size() * 3 + 2);
        assertThat(window.firstOffsetSince(timeMs)).isEqualTo(firstSince(window, timeMs));
    }

    private void checkEntry(Window window, long offset) {
        WindowEntry entry = window.entry(offset);
        LoggedEvent event = log.get((int) offset - 1);
        assertThat(entry).isNotNull();
        assertThat(text(entry, Framing.PLAIN)).isEqualTo(plainText(event));
        List<Topic> topics = event.publication().topics();
        for (int i = 0; i < topics.size(); i++) {
            long previous = newest(topics.get(i), offset, window.earliest());
            long linked = entry.previousOffset(i);
            assertThat(linked < window.earliest() ? 0 : linked).isEqualTo(previous);
        }
    }

    private long newest(Topic topic, long before, long earliest) {
        for (long offset = before - 1; offset >= earliest; offset--) {
            if (log.get((int) offset - 1).publication().topics().contains(topic)) {
                return offset;
            }
        }
        return 0;
    }

    private long firstSince(Window window, long timeMs) {
        long offset = window.earliest();
        while (offset < window.head() && log.get((int) offset - 1).timeMs() < timeMs) {
            offset++;
        }
        return offset;
    }

    private LoggedEvent event(long offset) {
        String[] topics = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> "t" + random.nextInt(TOPICS))
                .toArray(String[]::new);
        int size = random.nextInt(random.nextInt(10) == 0 ? 700 : 60);
        return eventAt(offset, offset * 3 / 2, "y".repeat(size), topics);
    }

    private ByteBuffer allocate(int sizeBytes) {
        if (isOutOfMemory && random.nextBoolean()) {
            throw new OutOfMemoryError("chance");
        }
        return ByteBuffer.allocateDirect(sizeBytes);
    }
}
