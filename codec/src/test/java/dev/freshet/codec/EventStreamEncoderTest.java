package dev.freshet.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamEncoderTest {

    @Test
    void writesIdEventRetryDataInThisOrder() {
        assertThat(encoded(ServerSentEvent.of("price", "a").withRetryMs(5).withId("1")))
                .isEqualTo("id: 1\nevent: price\nretry: 5\ndata: a\n\n");
    }

    @Test
    void writesTheDefaultTypeAsNothing() {
        assertThat(encoded(ServerSentEvent.of("a"))).isEqualTo("data: a\n\n");
    }

    @Test
    void writesDataEvenWhenItIsEmpty() {
        assertThat(encoded(ServerSentEvent.of("").withId(""))).isEqualTo("id: \ndata: \n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'a\nb', 'data: a\ndata: b\n\n'",
        "'a\rb', 'data: a\ndata: b\n\n'",
        "'a\r\nb', 'data: a\ndata: b\n\n'",
        "'a\n\rb', 'data: a\ndata: \ndata: b\n\n'",
        "'a\r\r\nb', 'data: a\ndata: \ndata: b\n\n'",
        "'a\n', 'data: a\ndata: \n\n'",
        "'\r\n', 'data: \ndata: \n\n'",
        "'\r', 'data: \ndata: \n\n'",
    })
    void writesADataLineForEachLine(String data, String expected) {
        assertThat(encoded(ServerSentEvent.of(data))).isEqualTo(expected);
    }

    @Test
    void writesUtf8() {
        assertThat(encoded(ServerSentEvent.of("é", "豆\n😀").withId("ü")))
                .isEqualTo("id: ü\nevent: é\ndata: 豆\ndata: 😀\n\n");
    }

    @Test
    void writesCommentsLineByLine() {
        assertThat(text(EventStreamEncoder.comment(""))).isEqualTo(":\n");
        assertThat(text(EventStreamEncoder.comment(" a\r\nb\rc\n"))).isEqualTo(": a\n:b\n:c\n:\n");
    }

    @Test
    void writesAnIdAndARetryAlone() {
        assertThat(text(EventStreamEncoder.lastEventId("k7f2-1z"))).isEqualTo("id: k7f2-1z\n\n");
        assertThat(text(EventStreamEncoder.retry(3000))).isEqualTo("retry: 3000\n\n");
    }

    @Test
    void writesTopicsThatReadersSkip() {
        ServerSentEvent event = ServerSentEvent.of("price", "a").withId("1");
        String encoded = text(EventStreamEncoder.encode(event, List.of("orders/42", "é")));

        assertThat(encoded).isEqualTo("id: 1\nevent: price\ntopic: orders/42\ntopic: é\ndata: a\n\n");
        assertThat(Recording.of(encoded).told).containsExactly(event);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventStreamEncoder.encode(event, List.of("a\ndata: x")))
                .withMessageStartingWith("topic: U+000A at index 1");
    }

    @Test
    void opensAStreamThatCanBeResumedBeforeItsFirstEvent() {
        Recording recording = Recording.of(text(EventStreamEncoder.comment(""))
                + text(EventStreamEncoder.retry(3000))
                + text(EventStreamEncoder.lastEventId("k7f2-1z")));

        assertThat(recording.told).containsExactly("", 3000L);
        assertThat(recording.lastEventId).isEqualTo("k7f2-1z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\n\nid: 9\nevent: x\ndata: b", "a\rid: 9", "a\r\n\r\nretry: 9\r\n\r\n", "\nevent: x", "\n:c\n"
            })
    void letsNoDataInjectAField(String data) {
        Recording recording = Recording.of(encoded(ServerSentEvent.of(data)));

        assertThat(recording.told)
                .containsExactly(ServerSentEvent.of(data.replace("\r\n", "\n").replace('\r', '\n')));
        assertThat(recording.lastEventId).isEmpty();
    }

    @Test
    void letsNoCommentInjectAnEvent() {
        Recording recording = Recording.of(text(EventStreamEncoder.comment("a\n\ndata: x\r\rid: 9\n\n")) + "\n");

        assertThat(recording.told).containsExactly("a", "", "data: x", "", "id: 9", "", "");
        assertThat(recording.lastEventId).isEmpty();
    }

    @Test
    void refusesWhatIsNoSingleField() {
        assertThatIllegalArgumentException().isThrownBy(() -> EventStreamEncoder.lastEventId("1\n\ndata: x"));
        assertThatIllegalArgumentException().isThrownBy(() -> EventStreamEncoder.lastEventId("\0"));
        assertThatIllegalArgumentException().isThrownBy(() -> EventStreamEncoder.retry(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventStreamEncoder.comment("\uD800"))
                .withMessage("comment: U+D800 at index 0 (expected: no lone surrogate)");
    }

    private static String encoded(ServerSentEvent event) {
        return text(EventStreamEncoder.encode(event));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
