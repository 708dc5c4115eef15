package dev.freshet.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubUrlTest {
    private static final HubUrl HUB = HubUrl.parse("http://localhost:8080/");

    @ParameterizedTest
    @CsvSource({
        "orders/42, orders/42",
        "a b&c?d#e, a%20b%26c%3Fd%23e",
        "größe, gr%C3%B6%C3%9Fe",
        "orders/{id}, orders/%7Bid%7D",
        "'*', %2A",
        "a+b%, a%2Bb%25",
        "../x, %2E%2E/x",
        "./a.b, %2E/a.b",
        "/a//b/, /a//b/",
    })
    void putsTopicsInThePath(String topic, String path) {
        assertThat(HUB.topic(topic, new Query())).hasToString("http://localhost:8080/events/" + path);
    }

    @Test
    void putsTheRestInTheQuery() {
        Query query =
                new Query().with("type", "a=b").with("id", Optional.empty()).with("topic", "x/y");
        assertThat(HUB.events(query)).hasToString("http://localhost:8080/events?type=a%3Db&topic=x%2Fy");
    }

    @Test
    void keepsThePathOfAHubBehindAProxy() {
        assertThat(HubUrl.parse("https://example.org/hub//").events(new Query()))
                .hasToString("https://example.org/hub/events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h/events", "http://h:1/events/", "https://example.org/hub/events//"})
    void refusesThePlaceOfTheEvents(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubUrl.parse(text))
                .withMessage("server: " + text + " (expected: the hub's address, without /events)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:8080", "ftp://x", "http://", "http://h/?a=b", "http://h#x", "http://a b"})
    void refusesWhatIsNoHub(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubUrl.parse(text))
                .withMessage("server: " + text + " (expected: a URL such as http://127.0.0.1:8080)");
    }
}
