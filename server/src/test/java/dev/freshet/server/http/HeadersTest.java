package dev.freshet.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    @Test
    void findsNamesInAnyCase() {
        Headers headers = Headers.of("Accept", "a", "X", "b").with("ACCEPT", "c");
        assertThat(headers.first("accept")).contains("a");
        assertThat(headers.all("aCCept")).containsExactly("a", "c");
        assertThat(headers.contains("x")).isTrue();
        assertThat(headers.first("y")).isEmpty();
        assertThat(headers.size()).isEqualTo(3);
    }

    @Test
    void looksIntoLists() {
        Headers headers = Headers.of("Connection", "upgrade , Close", "Connection", "x");
        assertThat(headers.lists("connection", "close")).isTrue();
        assertThat(headers.lists("connection", "X")).isTrue();
        assertThat(headers.lists("connection", "clos")).isFalse();
    }

    @Test
    void tellsTheMediaType() {
        assertThat(Headers.of("Content-Type", " Application/JSON ; charset=utf-8")
                        .mediaType())
                .contains("application/json");
        assertThat(Headers.of("Content-Type", ";").mediaType()).isEmpty();
        assertThat(Headers.empty().mediaType()).isEmpty();
    }

    @Test
    void keepsValuesOutOfLogs() {
        assertThat(Headers.of("Authorization", "secret")).hasToString("[Authorization]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\nb", "a\u0000b", "a\u007fb", "\u0001"})
    void refusesValuesThatCouldInjectALine(String value) {
        assertThatThrownBy(() -> Headers.of("X", value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "ä", "a\r"})
    void refusesNamesThatAreNoTokens(String name) {
        assertThatThrownBy(() -> Headers.of(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesANameWithoutItsValue() {
        assertThatThrownBy(() -> Headers.of("X")).hasMessage("headers: 1 strings (expected: pairs)");
    }
}
