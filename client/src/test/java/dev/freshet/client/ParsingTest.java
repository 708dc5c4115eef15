package dev.freshet.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.StreamEvent.Comment;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import dev.freshet.codec.EventStreamParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in over a socket, in whatever pieces, means the same (WHATWG HTML 9.2.5 and 9.2.6). */
class ParsingTest {

    static Stream<Vector> vectors() {
        return Vector.all().stream();
    }

    @Test
    void thereAre88Vectors() {
        assertThat(Vector.all()).hasSize(88);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsEachVector(Vector vector) {
        Told told = read(vector.chunks());

        assertThat(told.all(Message.class))
                .map(message -> List.of(message.type(), message.data(), message.lastEventId()))
                .isEqualTo(vector.events());
        assertThat(told.all(Comment.class)).map(Comment::text).isEqualTo(vector.comments());
    }

    static Stream<Arguments> lineEndMatrix() {
        return Stream.of("\n", "\r", "\r\n")
                .flatMap(end -> Stream.of(
                                "one line", "two lines", "empty first line", "empty middle line", "blank lines")
                        .flatMap(shape -> Stream.of(Integer.MAX_VALUE, 1, 2)
                                .map(cut ->
                                        Arguments.of(end.replace("\r", "CR").replace("\n", "LF"), shape, cut, end))));
    }

    @ParameterizedTest(name = "{0}, {1}, cuts of {2}")
    @MethodSource("lineEndMatrix")
    void readsEachLineEnd(String name, String shape, int cut, String end) {
        List<String> lines = switch (shape) {
            case "one line" -> List.of("data: a", "", "data: z", "");
            case "two lines" -> List.of("data: a", "data: b", "", "data: z", "");
            case "empty first line" -> List.of("data:", "data: b", "", "data: z", "");
            case "empty middle line" -> List.of("data: a", "data", "data: c", "", "data: z", "");
            default -> List.of("", "", "data: a", "", "", "", "data: z", "", "");
        };
        String expected = switch (shape) {
            case "two lines" -> "a\nb";
            case "empty first line" -> "\nb";
            case "empty middle line" -> "a\n\nc";
            default -> "a";
        };
        byte[] bytes = (String.join(end, lines) + end).getBytes(UTF_8);

        assertThat(read(cuts(cut, bytes)).data()).as(name).containsExactly(expected, "z");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10})
    void readsLargeMessages(int mebibytes) {
        String data = "0123456789abcdef".repeat(mebibytes << 16);

        assertThat(read(List.of(("data: " + data + "\n\ndata: z\n\n").getBytes(UTF_8)))
                        .data())
                .containsExactly(data, "z");
    }

    @Test
    void reads100MessagesInOrder() {
        List<String> expected =
                IntStream.range(0, 100).mapToObj(i -> "message " + i).toList();
        List<byte[]> chunks = expected.stream()
                .map(data -> ("data: " + data + "\n\n").getBytes(UTF_8))
                .toList();

        assertThat(read(chunks).data()).isEqualTo(expected);
    }

    @Test
    void readsCharactersOfManyBytesOneByteAtATime() {
        String data = "é ✓ 𝄞 日本語 \uFEFF";

        assertThat(read(cuts(1, ("data: " + data + "\n\n").getBytes(UTF_8))).data())
                .containsExactly(data);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 1, 2})
    void skipsOneByteOrderMarkAtTheStart(int cut) {
        assertThat(read(cuts(cut, "\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: c\n\n".getBytes(UTF_8)))
                        .data())
                .containsExactly("a", "c");
        assertThat(read(cuts(cut, "\uFEFF\uFEFFdata: a\n\ndata: b\n\n".getBytes(UTF_8)))
                        .data())
                .containsExactly("b");
    }

    @Test
    void skipsTheByteOrderMarkOfEachConnection() {
        Answer first = Answer.stream().send("\uFEFFdata: a\n\n").end();
        Answer second = Answer.stream().send("\uFEFFdata: b\n\n");
        try (ScriptedEventServer server = ScriptedEventServer.start(first, second)) {
            Told told = new Told();
            try (EventSource source = EventSource.open(Quick.options(server), told)) {
                assertThat(told.untilMessages(2).data()).containsExactly("a", "b");
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
        }
    }

    @Test
    void brokenUtf8BecomesReplacements() {
        byte[] bytes = {'d', 'a', 't', 'a', ':', (byte) 0xC3, '(', (byte) 0xFF, '\n', '\n'};

        assertThat(read(List.of(bytes)).data()).containsExactly("\uFFFD(\uFFFD");
    }

    @Test
    void aStreamThatEndsInTwoCarriageReturnsIsOver() {
        Told told = read(List.of("data: a\r\r".getBytes(UTF_8)));

        assertThat(told.data()).containsExactly("a");
    }

    @Test
    void anEventBeyondTheLimitEndsTheStream() {
        Answer large = Answer.stream().send("data: a\n\ndata: " + "x".repeat(1000) + "\n\n");
        try (ScriptedEventServer server = ScriptedEventServer.start(large)) {
            Told told = new Told();
            StreamLimits small = new StreamLimits(
                    Duration.ofSeconds(5), Optional.empty(), 20, new EventStreamParser.Limits(500, 500));
            try (EventSource source = EventSource.open(Quick.options(server).withLimits(small), told)) {
                assertThat(told.end().reason()).isEqualTo(Reason.TOO_LARGE);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            }
            assertThat(told.data()).containsExactly("a");
        }
    }

    /** All that a stream of these chunks tells, up to its end. */
    private static Told read(List<byte[]> chunks) {
        Answer answer = Answer.stream().sendEach(chunks).end();
        try (ScriptedEventServer server = ScriptedEventServer.start(answer, Answer.status(204))) {
            Told told = new Told();
            try (EventSource source = EventSource.open(Quick.options(server), told)) {
                told.until(so -> !so.all(Closed.class).isEmpty());
                assertThat(source.uri()).isEqualTo(server.uri());
            }
            assertThat(told.all(Closed.class).get(0).reason()).isEqualTo(Closed.Reason.ENDED);
            return told;
        }
    }

    private static List<byte[]> cuts(int length, byte[] bytes) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += Math.min(length, bytes.length)) {
            pieces.add(Arrays.copyOfRange(bytes, at, (int) Math.min((long) at + length, bytes.length)));
        }
        return pieces;
    }
}
