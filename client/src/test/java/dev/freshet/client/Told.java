package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** All that a stream told, in order. */
final class Told implements EventHandler {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<StreamEvent> events = new CopyOnWriteArrayList<>();

    /** What a stream from this server tells until it has brought so many messages; it is closed then. */
    static Told hearing(ScriptedEventServer server, int messages) {
        Told told = new Told();
        try (EventSource source = EventSource.open(Quick.options(server), told)) {
            told.untilMessages(messages);
            assertThat(source.readyState()).isNotEqualTo(EventSource.ReadyState.CLOSED);
        }
        return told;
    }

    /** What a stream tells that is answered so. */
    static Told hearing(int messages, Answer... answers) {
        try (ScriptedEventServer server = ScriptedEventServer.start(answers)) {
            return hearing(server, messages);
        }
    }

    /** What stood in {@code Last-Event-ID}, request by request. */
    static List<Optional<String>> lastEventIds(ScriptedEventServer server) {
        return server.requests().stream()
                .map(request -> request.header("Last-Event-ID"))
                .toList();
    }

    List<StreamEvent> events() {
        return List.copyOf(events);
    }

    <T extends StreamEvent> List<T> all(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<String> data() {
        return all(Message.class).stream().map(Message::data).toList();
    }

    /** Waits until the stream told so much. */
    Told until(Predicate<Told> condition) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(2)).until(() -> condition.test(this));
        return this;
    }

    Told untilMessages(int count) {
        return until(told -> told.all(Message.class).size() >= count);
    }

    /** Waits for the last event of all. */
    Closed end() {
        until(told -> !told.events.isEmpty() && told.isEnded());
        return all(Closed.class).get(all(Closed.class).size() - 1);
    }

    private boolean isEnded() {
        return events.get(events.size() - 1) instanceof Closed closed
                && closed.reconnectsIn().isEmpty();
    }

    @Override
    public void onMessage(Message message) {
        events.add(message);
    }

    @Override
    public void onGap(StreamEvent.Gap gap) {
        events.add(gap);
    }

    @Override
    public void onComment(StreamEvent.Comment comment) {
        events.add(comment);
    }

    @Override
    public void onOpened(StreamEvent.Opened opened) {
        events.add(opened);
    }

    @Override
    public void onClosed(Closed closed) {
        events.add(closed);
    }
}
