package dev.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Writes events, reads them in several cuts, and compares with what a reader has to see. */
final class RoundTrip {

    private RoundTrip() {}

    static void assertSurvives(List<ServerSentEvent> events, Random cuts) {
        byte[] stream =
                Cuts.join(events.stream().map(EventStreamEncoder::encode).toList());
        List<ServerSentEvent> expected = asRead(events);
        for (List<byte[]> chunks : List.of(List.of(stream), Cuts.every(1, stream), Cuts.random(cuts, stream))) {
            Recording recording = Recording.of(chunks);
            assertThat(recording.events).isEqualTo(expected);
            assertThat(recording.comments).isEmpty();
            assertThat(recording.refused).isEmpty();
        }
    }

    /** Line ends become LF, ids persist until another one, an empty id is none. */
    private static List<ServerSentEvent> asRead(List<ServerSentEvent> events) {
        List<ServerSentEvent> read = new ArrayList<>();
        Optional<String> lastId = Optional.empty();
        for (ServerSentEvent event : events) {
            lastId = event.id().isPresent() ? event.id().filter(id -> !id.isEmpty()) : lastId;
            read.add(new ServerSentEvent(lastId, event.type(), lineFeeds(event.data()), event.retryMs()));
        }
        return read;
    }

    private static String lineFeeds(String data) {
        return data.replace("\r\n", "\n").replace('\r', '\n');
    }
}
