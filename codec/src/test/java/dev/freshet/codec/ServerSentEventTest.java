package dev.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSentEventTest {

    @Test
    void isOfTheDefaultTypeUnlessNamed() {
        assertThat(ServerSentEvent.of("a")).isEqualTo(ServerSentEvent.of("message", "a"));
        assertThat(ServerSentEvent.of("", "a").type()).isEqualTo("message");
    }

    @Test
    void keepsTheOtherPartsWhenOneIsSet() {
        ServerSentEvent event = ServerSentEvent.of("price", "a").withId("1").withRetryMs(5);

        assertThat(event.withId("2").withRetryMs(0))
                .isEqualTo(ServerSentEvent.of("price", "a").withRetryMs(0).withId("2"));
        assertThat(event.id()).hasValue("1");
        assertThat(event.retryMs()).hasValue(5);
    }

    @Test
    void takesAnEmptyIdWhichResets() {
        assertThat(ServerSentEvent.of("a").withId("").id()).hasValue("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\n", "\r", "\0", "a\nb", "a\r\nid: 2", "1\n\ndata: x", "\uD800", "\uDC00\uD800", "a\uDBFF"})
    void refusesIdsAndTypesThatCouldInject(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSentEvent.of("a").withId(value))
                .withMessageStartingWith("id: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSentEvent.of(value, "a"))
                .withMessageStartingWith("type: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "\uDC00", "\uDC00\uD800", "a\uD83D", "\uD83Da", "\uD83D\uD83D\uDE00"})
    void refusesLoneSurrogatesInData(String data) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSentEvent.of(data))
                .withMessageStartingWith("data: U+D")
                .withMessageEndingWith("(expected: no lone surrogate)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "\r\n\r", "\0", "\uD83D\uDE00", "x\uD83D\uDE00\uD83D\uDE00y", "\u2028\u0085\uFEFF"})
    void takesAnyOtherData(String data) {
        assertThat(ServerSentEvent.of(data).data()).isEqualTo(data);
    }

    @Test
    void saysWhereAndWhat() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSentEvent.of("a").withId("ab\nc"))
                .withMessage("id: U+000A at index 2 (expected: no CR, LF or NUL)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSentEvent.of("a").withRetryMs(-1))
                .withMessage("retryMs: -1 (expected: >= 0)");
    }
}
