package dev.freshet.hub.log;

import static dev.freshet.hub.log.Events.event;
import static dev.freshet.hub.log.Events.plainText;
import static dev.freshet.hub.log.Events.sized;
import static dev.freshet.hub.log.Events.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.hub.topic.Topic;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The memory ends in the middle of a batch. */
class WindowTakeBackTest {
    private static final int SEGMENT = 1000;

    private int segmentsLeft = Integer.MAX_VALUE;
    private final Window window =
            new Window(new WindowLimits(100, 4 * SEGMENT, SEGMENT), EventEncoding.PLAIN, this::allocate);

    @Test
    void showsNothingOfTheBatch() {
        window.append(List.of(sized(1, 600)));
        segmentsLeft = 1;

        assertThatThrownBy(() -> window.append(List.of(sized(2, 600), sized(3, 600))))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(window.head()).isEqualTo(2);
        assertThat(window.earliest()).isEqualTo(1);
        assertThat(window.entry(2)).isNull();
        assertThat(window.entry(3)).isNull();
        assertThat(window.newestOffset(new Topic("t"))).isEqualTo(1);
    }

    @Test
    void goesOnWithTheSameOffsets() {
        window.append(List.of(sized(1, 600)));
        segmentsLeft = 1;
        assertThatThrownBy(() -> window.append(List.of(sized(2, 600), sized(3, 600))))
                .isInstanceOf(OutOfMemoryError.class);
        segmentsLeft = Integer.MAX_VALUE;

        window.append(List.of(event(2, "two"), event(3, "three", "other")));

        assertThat(window.head()).isEqualTo(4);
        assertThat(text(window.entry(2), Framing.PLAIN)).isEqualTo(plainText(event(2, "two")));
        assertThat(text(window.entry(3), Framing.PLAIN)).isEqualTo(plainText(event(3, "three")));
        assertThat(window.entry(2).previousOffset(0)).isEqualTo(1);
    }

    @Test
    void evictsNothingLaterForTheSakeOfWhatWasTakenBack() {
        window.append(List.of(sized(1, 600)));
        segmentsLeft = 2;
        assertThatThrownBy(() -> window.append(List.of(sized(2, 600), sized(3, 600), sized(4, 3 * SEGMENT - 1200))))
                .hasMessageContaining("batch");
        assertThatThrownBy(() -> window.append(List.of(sized(2, 600), sized(3, 300), sized(4, 600), sized(5, 600))))
                .isInstanceOf(OutOfMemoryError.class);
        segmentsLeft = Integer.MAX_VALUE;

        for (long offset = 2; offset <= 30; offset++) {
            window.append(List.of(sized(offset, 300)));
            assertThat(window.earliest()).isLessThanOrEqualTo(offset);
            assertThat(text(window.entry(offset), Framing.PLAIN)).isEqualTo(plainText(sized(offset, 300)));
            assertThat(window.allocatedBytes()).isLessThanOrEqualTo(5 * SEGMENT);
        }
        assertThat(window.head() - window.earliest()).isGreaterThanOrEqualTo(9);
    }

    private ByteBuffer allocate(int sizeBytes) {
        if (segmentsLeft-- <= 0) {
            throw new OutOfMemoryError("no segment left");
        }
        return ByteBuffer.allocateDirect(sizeBytes);
    }
}
