package dev.freshet.cli.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import org.junit.jupiter.api.Test;

class EventFormatTest {
    private static final ServerSentEvent EVENT =
            ServerSentEvent.of("paid", "a\nb \"c\"").withId("k-1");
    private static final ServerSentEvent BARE = ServerSentEvent.of("x");

    @Test
    void plainIsTheDataAlone() {
        assertThat(print(EventFormat.PLAIN, EVENT)).isEqualTo("a\nb \"c\"\n");
        assertThat(print(EventFormat.PLAIN, ServerSentEvent.of(""))).isEqualTo("\n");
    }

    @Test
    void verboseNamesIdAndTypeWhereTheyAre() {
        assertThat(print(EventFormat.VERBOSE, EVENT)).isEqualTo("k-1 paid a\nb \"c\"\n");
        assertThat(print(EventFormat.VERBOSE, BARE.withId("k-2"))).isEqualTo("k-2 x\n");
        assertThat(print(EventFormat.VERBOSE, BARE)).isEqualTo("x\n");
    }

    @Test
    void colouredIsVerboseWithColours() {
        assertThat(print(EventFormat.COLOURED, EVENT))
                .isEqualTo("\u001b[2mk-1\u001b[0m \u001b[36mpaid\u001b[0m a\nb \"c\"\n");
    }

    @Test
    void jsonIsOneLine() {
        assertThat(print(EventFormat.JSON, EVENT))
                .isEqualTo("{\"id\":\"k-1\",\"type\":\"paid\",\"data\":\"a\\nb \\\"c\\\"\"}\n");
        assertThat(print(EventFormat.JSON, BARE)).isEqualTo("{\"type\":\"message\",\"data\":\"x\"}\n");
    }

    private static String print(EventFormat format, ServerSentEvent event) {
        StringBuilder out = new StringBuilder();
        format.append(out, event);
        return out.toString();
    }
}
