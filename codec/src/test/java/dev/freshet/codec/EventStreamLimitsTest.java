package dev.freshet.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.codec.EventStreamException.Reason;
import dev.freshet.codec.EventStreamParser.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamLimitsTest {

    private static final Limits SMALL = new Limits(16, 20);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void takesALineUpToItsLimit(int cut) {
        assertThat(read("data: 0123456789\r\n\r\n", cut).data()).containsExactly("0123456789");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void refusesALineAboveItsLimit(int cut) {
        Recording recording = read("data: a\n\ndata: 01234567890\n\ndata: b\n\n", cut);

        assertThat(recording.data()).containsExactly("a");
        assertThat(recording.refused).hasValue(Reason.LINE_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void refusesALineThatNeverEnds(int cut) {
        assertThat(read("x".repeat(17), cut).refused).hasValue(Reason.LINE_TOO_LONG);
        assertThat(read("x".repeat(16), cut).refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void takesAnEventUpToItsLimit(int cut) {
        assertThat(read("data: 012345678\ndata: 0123456789\n\n", cut).data()).containsExactly("012345678\n0123456789");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void refusesAnEventAboveItsLimit(int cut) {
        Recording recording = read("data: a\n\ndata: 0123456789\ndata: 0123456789\n\n", cut);

        assertThat(recording.data()).containsExactly("a");
        assertThat(recording.refused).hasValue(Reason.EVENT_TOO_LARGE);
    }

    @Test
    void countsTheEndsOfEmptyDataLines() {
        assertThat(read("data\n".repeat(21) + "\n", 1000).data()).containsExactly("\n".repeat(20));
        assertThat(read("data\n".repeat(22), 1000).refused).hasValue(Reason.EVENT_TOO_LARGE);
    }

    @Test
    void countsEachEventAlone() {
        assertThat(read("data: 0123456789\n\n".repeat(50), 3).events).hasSize(50);
        assertThat(read(":0123456789\n".repeat(50) + "data: a\n\n", 3).data()).containsExactly("a");
    }

    @Test
    void saysWhichLimit() {
        EventStreamParser parser = new EventStreamParser(event -> {}, SMALL);
        byte[] line = "x".repeat(17).getBytes(UTF_8);

        assertThatExceptionOfType(EventStreamException.class)
                .isThrownBy(() -> parser.feed(line, 0, line.length))
                .withMessage("line: more than 16 bytes (expected: at most 16)")
                .matches(e -> e.reason() == Reason.LINE_TOO_LONG);
    }

    @Test
    void saysWhichLimitOfAnEvent() {
        EventStreamParser parser = new EventStreamParser(event -> {}, new Limits(100, 1));
        byte[] line = "data: xx\n".getBytes(UTF_8);

        assertThatExceptionOfType(EventStreamException.class)
                .isThrownBy(() -> parser.feed(line, 0, line.length))
                .withMessage("event: more than 1 bytes (expected: at most 1)");
    }

    @Test
    void takesAMebibyteByDefault() {
        String data = "0123456789abcdef".repeat(65_536);
        assertThat(Recording.of("data: " + data + "\n\n").data()).containsExactly(data);
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(0, 1))
                .withMessage("maxLineBytes: 0 (expected: 1 to 1073741824)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(1, Integer.MAX_VALUE))
                .withMessageStartingWith("maxEventBytes: ");
    }

    private static Recording read(String stream, int cut) {
        List<byte[]> chunks = Cuts.every(cut, stream.getBytes(UTF_8));
        return Recording.of(chunks, SMALL);
    }
}
