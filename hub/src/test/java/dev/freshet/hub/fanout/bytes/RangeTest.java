package dev.freshet.hub.fanout.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.Cut;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowEntry;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RangeTest {
    /** Of this event a cut keeps the place alone. */
    private static final int LARGE = 4;

    private final Window window = new Window(WindowLimits.DEFAULT, EventEncoding.PLAIN);
    private final Range range = new Range();

    @BeforeEach
    void fill() {
        window.append(LongStream.rangeClosed(1, 5).mapToObj(RangeTest::event).toList());
    }

    private static LoggedEvent event(long offset) {
        ServerSentEvent event =
                ServerSentEvent.of("x".repeat(offset == LARGE ? Cut.MAX_COPY_BYTES + 10 : (int) offset));
        return new LoggedEvent(offset, 0, "e-" + offset, Publication.of(new Topic("t"), event));
    }

    private List<WindowEntry> entries(long... offsets) {
        return LongStream.of(offsets).mapToObj(this::entry).toList();
    }

    private WindowEntry entry(long offset) {
        WindowEntry entry = window.entry(offset);
        assertThat(entry).isNotNull();
        return entry;
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private String text(Framing framing, long... offsets) {
        StringBuilder text = new StringBuilder();
        for (WindowEntry entry : entries(offsets)) {
            ByteBuffer bytes = ByteBuffer.allocate(entry.sizeBytes(framing));
            entry.copyTo(bytes, framing);
            text.append(StandardCharsets.UTF_8.decode(bytes.flip()));
        }
        return text.toString();
    }

    private String gathered() {
        return StandardCharsets.UTF_8.decode(range.bytes()).toString();
    }

    /** A byte changed in the range is changed in the window: there is one memory. */
    @Test
    void eventsThatLieSideBySideAreSentAsTheyLie() {
        range.gather(entries(2, 3, 4), Framing.CHUNKED);
        assertThat(gathered()).isEqualTo(text(Framing.CHUNKED, 2, 3, 4));

        range.bytes().put(0, (byte) '#');
        assertThat(text(Framing.CHUNKED, 2)).startsWith("#");
    }

    @Test
    void othersAreCopiedBehindOneAnother() {
        range.gather(entries(1, 3, 5), Framing.CHUNKED);
        assertThat(gathered()).isEqualTo(text(Framing.CHUNKED, 1, 3, 5));

        range.bytes().put(0, (byte) '#');
        assertThat(text(Framing.CHUNKED, 1)).doesNotStartWith("#");
    }

    /** A slow reader is offered the same large event again and again. */
    @ParameterizedTest
    @EnumSource
    void anEventAloneIsSentAsItLies(Framing framing) {
        range.gather(entries(3), framing);
        assertThat(gathered()).isEqualTo(text(framing, 3));

        range.bytes().put(0, (byte) '#');
        assertThat(text(framing, 3)).startsWith("#");
    }

    @Test
    void withoutFramesNothingLiesSideBySide() {
        range.gather(entries(1, 2, 3), Framing.PLAIN);
        assertThat(gathered()).isEqualTo(text(Framing.PLAIN, 1, 2, 3));
    }

    @ParameterizedTest
    @EnumSource
    void whereverItIsCutTheRestAndTheNextEventsCompleteIt(Framing framing) {
        long[] offsets = {1, 3, 4, 5};
        String whole = text(framing, offsets);
        for (int taken = 0; taken < whole.length(); taken++) {
            range.gather(entries(offsets), framing);
            Cut cut = range.cutAfter(taken);
            String rest = new String(cut.rest(), StandardCharsets.UTF_8);
            long[] following = LongStream.of(offsets)
                    .filter(offset -> offset >= cut.next())
                    .toArray();

            assertThat(whole.substring(0, taken)
                            + rest
                            + text(framing, following).substring(cut.sentBytes()))
                    .as("cut after %d", taken)
                    .isEqualTo(whole);
            assertThat(cut.rest()).hasSizeLessThanOrEqualTo(Cut.MAX_COPY_BYTES);
        }
    }

    @Test
    void bytesAreWholeWhateverTheLastTakerDid() {
        range.gather(entries(1, 2), Framing.CHUNKED);
        byte[] first = copy(range.bytes());
        range.bytes().position(3).limit(4);

        assertThat(copy(range.bytes())).isEqualTo(first).hasSize(range.sizeBytes());
    }
}
