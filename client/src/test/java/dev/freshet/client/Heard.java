package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.transport.HttpTransport;
import java.net.URI;

/** Whether a stream that makes one attempt is heard, and how it ends. */
final class Heard {

    private Heard() {}

    static boolean hears(URI uri, HttpTransport transport) {
        Told told = new Told();
        try (EventSource source = EventSource.open(options(uri, transport), told)) {
            told.until(so -> !so.events().isEmpty() && (so.data().contains("hello") || hasClosed(so)));
            assertThat(told.all(Closed.class)).isEmpty();
            return source.readyState() == EventSource.ReadyState.OPEN;
        }
    }

    static Closed ending(URI uri, HttpTransport transport) {
        Told told = new Told();
        try (EventSource source = EventSource.open(options(uri, transport), told)) {
            Closed closed = told.end();
            assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            return closed;
        }
    }

    private static boolean hasClosed(Told told) {
        return !told.all(Closed.class).isEmpty();
    }

    private static StreamOptions options(URI uri, HttpTransport transport) {
        return StreamOptions.of(uri).withTransport(transport).withRetry(Quick.POLICY.withMaxAttempts(1));
    }
}
