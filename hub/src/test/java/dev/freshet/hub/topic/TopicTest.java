package dev.freshet.hub.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "orders/42",
                "**",
                "a*",
                "/",
                "a b",
                " ",
                "\u00fcber/\ud83d\ude00",
                "$subscriber/x",
                "$hub",
                "%7B",
                "?x=1&y"
            })
    void takesAnyPrintableName(String name) {
        assertThat(new Topic(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "{",
                "a}",
                "{id}",
                "a\nb",
                "\r",
                "a\u0000",
                "\t",
                "\u007f",
                "\u0085",
                "\ud800",
                "a\udc00",
                "\udc00\ud800"
            })
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> new Topic(name))
                .isInstanceOf(InvalidTopicException.class)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void saysWhereAControlCharacterIs() {
        assertThatThrownBy(() -> new Topic("ab\ncd"))
                .hasMessage("topic: control character U+000A at 2 (expected: printable characters)");
    }

    @Test
    void countsBytesNotCharacters() {
        String longest = "\u20ac".repeat(341) + "a";
        assertThat(new Topic(longest).name()).isEqualTo(longest);
        assertThatThrownBy(() -> new Topic(longest + "a")).hasMessageContaining("1025 bytes");
        assertThatThrownBy(() -> new Topic("a".repeat(100_000))).hasMessageContaining("100000 bytes");
    }

    @Test
    void knowsTheHubsOwnTopics() {
        assertThat(new Topic("$x").isReserved()).isTrue();
        assertThat(new Topic("x$").isReserved()).isFalse();
        assertThat(new Topic("$subscriber/").isOfSubscriber()).isFalse();
        assertThat(new Topic("$subscriber").isOfSubscriber()).isFalse();
        assertThat(Topic.ofSubscriber("k7").isOfSubscriber()).isTrue();
        assertThat(Topic.ofSubscriber("k7").subscriberId()).isEqualTo("k7");
        assertThatThrownBy(() -> new Topic("a").subscriberId()).isInstanceOf(IllegalStateException.class);
    }
}
