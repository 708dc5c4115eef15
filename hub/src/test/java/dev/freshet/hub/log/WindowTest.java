package dev.freshet.hub.log;

import static dev.freshet.hub.log.Events.event;
import static dev.freshet.hub.log.Events.eventAt;
import static dev.freshet.hub.log.Events.plainText;
import static dev.freshet.hub.log.Events.sized;
import static dev.freshet.hub.log.Events.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final int SEGMENT = 1000;

    @Test
    void isEmptyAtFirst() {
        Window window = window(4);

        assertThat(window.earliest()).isEqualTo(window.head()).isEqualTo(1);
        assertThat(window.entry(1)).isNull();
        assertThat(window.entry(0)).isNull();
        assertThat(window.firstOffsetSince(0)).isEqualTo(1);
        assertThat(window.newestOffset(new Topic("t"))).isZero();
    }

    @Test
    void beginsWhereItIsTold() {
        Window window = window(4);
        window.startAt(100);
        window.append(List.of(event(100, "a")));

        assertThat(window.earliest()).isEqualTo(100);
        assertThat(window.head()).isEqualTo(101);
        assertThat(window.entry(99)).isNull();
        assertThat(text(entry(window, 100), Framing.PLAIN)).contains("data: a");
    }

    /** Topics of what was given up counted for ever, until no event found room any more. */
    @Test
    void forgetsEverythingWhenItGoesOnElsewhere() {
        Window window = new Window(new WindowLimits(100, 2 * SEGMENT, SEGMENT), EventEncoding.PLAIN);
        String longName = "n".repeat(900);
        for (long offset = 10; offset <= 100; offset += 10) {
            window.append(List.of(event(window.head(), "a", longName), event(window.head() + 1, "b", longName)));
            window.startAt(offset);
            assertThat(window.newestOffset(new Topic(longName))).isZero();
        }
        long last = window.head();

        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> window.append(List.of(event(last, "c", longName), event(last + 1, "d"))));

        assertThat(window.earliest()).isEqualTo(100);
        assertThat(window.entry(91)).isNull();
        assertThat(entry(window, 100).previousOffset(0)).isZero();
        assertThat(text(entry(window, 101), Framing.PLAIN)).contains("data: d");
    }

    @Test
    void holdsTheSameBytesWithAndWithoutFrames() {
        Window window = window(4);
        LoggedEvent event = event(1, "hello");

        long sizeBytes = window.append(List.of(event));

        String plain = plainText(event);
        assertThat(sizeBytes).isEqualTo(plain.length());
        assertThat(text(entry(window, 1), Framing.PLAIN)).isEqualTo(plain);
        assertThat(text(entry(window, 1), Framing.CHUNKED))
                .isEqualTo(Integer.toHexString(plain.length()) + "\r\n" + plain + "\r\n");
    }

    @Test
    void givesARunOfEventsAsOnePiece() {
        Window window = window(4);
        window.append(List.of(event(1, "a"), event(2, "b"), event(3, "c")));

        assertThat(entry(window, 3).follows(entry(window, 2))).isTrue();
        assertThat(entry(window, 3).follows(entry(window, 1))).isFalse();
        assertThat(text(entry(window, 1).chunksUpTo(entry(window, 3))))
                .isEqualTo(text(entry(window, 1), Framing.CHUNKED)
                        + text(entry(window, 2), Framing.CHUNKED)
                        + text(entry(window, 3), Framing.CHUNKED));
    }

    @Test
    void eventsInDifferentSegmentsDoNotFollowEachOther() {
        Window window = window(4);
        window.append(List.of(sized(1, 600), sized(2, 600)));

        assertThat(entry(window, 2).follows(entry(window, 1))).isFalse();
    }

    @Test
    void keepsTheNewestByNumber() {
        for (int maxEvents = 1; maxEvents <= 9; maxEvents++) {
            Window window = new Window(new WindowLimits(maxEvents, 1 << 20, SEGMENT), EventEncoding.PLAIN);
            for (long offset = 1; offset <= 50; offset++) {
                window.append(List.of(event(offset, "" + offset)));
            }

            assertThat(window.head()).isEqualTo(51);
            assertThat(window.earliest()).isEqualTo(51 - maxEvents);
            assertThat(LongStream.range(1, 51 - maxEvents).mapToObj(window::entry))
                    .containsOnlyNulls();
            LongStream.range(51 - maxEvents, 51)
                    .forEach(offset -> assertThat(text(entry(window, offset), Framing.PLAIN))
                            .isEqualTo(plainText(event(offset, "" + offset))));
        }
    }

    @Test
    void keepsTheNewestByBytes() {
        Window window = new Window(new WindowLimits(1000, 3 * SEGMENT, SEGMENT), EventEncoding.PLAIN);
        for (long offset = 1; offset <= 40; offset++) {
            window.append(List.of(sized(offset, 600)));
        }

        assertThat(window.earliest()).isEqualTo(38);
        assertThat(window.allocatedBytes()).isLessThanOrEqualTo(4 * SEGMENT);
    }

    @Test
    void holdsOneEventThatIsLargerThanASegmentWithinItsBound() {
        Window window = new Window(new WindowLimits(1000, 4 * SEGMENT, SEGMENT), EventEncoding.PLAIN);
        long offset = 1;
        for (; offset <= 20; offset++) {
            window.append(List.of(sized(offset, 400)));
        }

        window.append(List.of(sized(offset, 3 * SEGMENT)));

        assertThat(window.allocatedBytes()).isLessThanOrEqualTo(5 * SEGMENT);
        assertThat(window.head()).isEqualTo(22);
        assertThat(text(entry(window, 21), Framing.PLAIN)).isEqualTo(plainText(sized(21, 3 * SEGMENT)));
        window.append(List.of(sized(22, 3 * SEGMENT)));
        assertThat(window.earliest()).isEqualTo(22);
        assertThat(window.allocatedBytes()).isLessThanOrEqualTo(5 * SEGMENT);
    }

    @Test
    void neverGivesUpEventsOfTheBatchThatItTakes() {
        Window window = new Window(new WindowLimits(1000, 4 * SEGMENT, SEGMENT), EventEncoding.PLAIN);
        window.append(List.of(event(1, "old")));

        // Each takes a segment of its own, though the sum of their bytes would fit.
        List<LoggedEvent> batch = List.of(sized(2, 600), sized(3, 600), sized(4, 600), sized(5, 600), sized(6, 600));
        assertThatThrownBy(() -> window.append(batch)).satisfies(WindowTest::isTooLarge);

        window.append(batch.subList(0, 3));
        assertThat(window.earliest()).isLessThanOrEqualTo(2);
        assertThat(window.allocatedBytes()).isLessThanOrEqualTo(5 * SEGMENT);
        LongStream.range(2, 5)
                .forEach(offset -> assertThat(window.entry(offset)).isNotNull());
    }

    @Test
    void refusesABatchOfTooManyEvents() {
        Window window = window(3);

        assertThatThrownBy(() -> window.append(List.of(event(1, "a"), event(2, "b"), event(3, "c"), event(4, "d"))))
                .satisfies(WindowTest::isTooLarge)
                .hasMessageContaining("4 events")
                .hasMessageContaining("3 events");

        assertThat(window.head()).isEqualTo(1);
        window.append(List.of(event(1, "a"), event(2, "b"), event(3, "c")));
        assertThat(window.head()).isEqualTo(4);
    }

    @Test
    void refusesAnEventThatIsTooLarge() {
        Window window = new Window(new WindowLimits(10, 4 * SEGMENT, SEGMENT), EventEncoding.PLAIN);

        assertThatThrownBy(() -> window.append(List.of(sized(1, 3 * SEGMENT + 1))))
                .satisfies(WindowTest::isTooLarge);
        window.append(List.of(sized(1, 3 * SEGMENT)));
        assertThat(window.head()).isEqualTo(2);
    }

    @Test
    void linksEachEventToTheOneBeforeOfTheSameTopic() {
        Window window = window(100);
        window.append(
                List.of(event(1, "-", "a", "b"), event(2, "-", "b"), event(3, "-", "c", "a"), event(4, "-", "b")));

        assertThat(window.newestOffset(new Topic("a"))).isEqualTo(3);
        assertThat(entry(window, 3).previousOffset(0)).isZero();
        assertThat(entry(window, 3).previousOffset(1)).isEqualTo(1);
        assertThat(window.newestOffset(new Topic("b"))).isEqualTo(4);
        assertThat(entry(window, 4).previousOffset(0)).isEqualTo(2);
        assertThat(entry(window, 2).previousOffset(0)).isEqualTo(1);
        assertThat(entry(window, 1).previousOffset(1)).isZero();
    }

    @Test
    void forgetsATopicWithItsLastEvent() {
        Window window = window(2);
        window.append(List.of(event(1, "-", "a")));
        window.append(List.of(event(2, "-", "a")));
        window.append(List.of(event(3, "-", "b")));
        assertThat(window.newestOffset(new Topic("a"))).isEqualTo(2);

        window.append(List.of(event(4, "-", "b")));

        assertThat(window.newestOffset(new Topic("a"))).isZero();
        assertThat(window.newestOffset(new Topic("b"))).isEqualTo(4);
    }

    @Test
    void findsTheFirstEventSinceATime() {
        Window window = window(5);
        for (long offset = 1; offset <= 8; offset++) {
            window.append(List.of(eventAt(offset, offset / 2 * 10, "-")));
        }

        assertThat(window.earliest()).isEqualTo(4);
        assertThat(window.firstOffsetSince(Long.MIN_VALUE)).isEqualTo(4);
        assertThat(window.firstOffsetSince(20)).isEqualTo(4);
        assertThat(window.firstOffsetSince(21)).isEqualTo(6);
        assertThat(window.firstOffsetSince(30)).isEqualTo(6);
        assertThat(window.firstOffsetSince(40)).isEqualTo(8);
        assertThat(window.firstOffsetSince(41)).isEqualTo(9);
        assertThat(window.firstOffsetSince(Long.MAX_VALUE)).isEqualTo(9);
    }

    /** Only encoded bytes were counted: events with a hundred long topics each could fill the heap. */
    @Test
    void retainsNoMoreTopicsThanItsSizeAllows() {
        Window window = new Window(new WindowLimits(100, 3000, SEGMENT), EventEncoding.PLAIN);
        String[] topics = {"a".repeat(500), "b".repeat(500), "c".repeat(244)};

        for (long offset = 1; offset <= 20; offset++) {
            window.append(List.of(event(offset, "x", topics)));
            assertThat(window.head() - window.earliest()).isEqualTo(Math.min(offset, 2));
        }

        assertThat(window.newestOffset(new Topic(topics[2]))).isEqualTo(20);
        assertThat(entry(window, 19).previousOffset(0)).isEqualTo(18);
        window.append(List.of(event(21, "x"), event(22, "y", "short")));
        assertThat(window.earliest()).isEqualTo(20);
    }

    @Test
    void refusesABatchWithMoreTopicsThanItsSizeAllows() {
        Window window = new Window(new WindowLimits(100, 3000, SEGMENT), EventEncoding.PLAIN);
        window.append(List.of(event(1, "before")));
        LoggedEvent large = event(2, "x", "a".repeat(1000), "b".repeat(400));

        assertThatThrownBy(() -> window.append(List.of(large, event(3, "y", "c".repeat(1000), "d".repeat(400)))))
                .satisfies(WindowTest::isTooLarge);

        window.append(List.of(large));
        assertThat(window.earliest()).isEqualTo(1);
        assertThat(window.head()).isEqualTo(3);
    }

    @Test
    void acceptsNoLimitsThatCannotWork() {
        assertThatThrownBy(() -> new WindowLimits(0, 1 << 20, 1000)).hasMessageContaining("maxEvents: 0");
        assertThatThrownBy(() -> new WindowLimits(1, 1 << 20, 63)).hasMessageContaining("segmentBytes: 63");
        assertThatThrownBy(() -> new WindowLimits(1, 1999, 1000)).hasMessageContaining("maxBytes: 1999");
    }

    private static Window window(int maxEvents) {
        return new Window(new WindowLimits(maxEvents, 1 << 20, SEGMENT), EventEncoding.PLAIN);
    }

    private static WindowEntry entry(Window window, long offset) {
        WindowEntry entry = window.entry(offset);
        assertThat(entry).isNotNull();
        return entry;
    }

    private static void isTooLarge(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        AppendRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Cause.TOO_LARGE));
    }
}
