package dev.freshet.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that a parser told of one stream, in order, and how it ended. */
final class Recording implements EventStreamParser.Handler {

    final List<ServerSentEvent> events = new ArrayList<>();
    final List<String> comments = new ArrayList<>();
    final List<Long> retries = new ArrayList<>();
    /** Everything, in the order told. */
    final List<Object> told = new ArrayList<>();

    String lastEventId = "";
    Optional<EventStreamException.Reason> refused = Optional.empty();

    /** Reads the chunks as one stream with the default limits. */
    static Recording of(List<byte[]> chunks) {
        return of(chunks, EventStreamParser.Limits.DEFAULT);
    }

    /** Reads the chunks as one stream, up to the first refusal. */
    static Recording of(List<byte[]> chunks, EventStreamParser.Limits limits) {
        Recording recording = new Recording();
        EventStreamParser parser = new EventStreamParser(recording, limits);
        try {
            chunks.forEach(chunk -> parser.feed(chunk, 0, chunk.length));
        } catch (EventStreamException e) {
            recording.refused = Optional.of(e.reason());
        }
        recording.lastEventId = parser.lastEventId();
        return recording;
    }

    static Recording of(String stream) {
        return of(List.of(stream.getBytes(UTF_8)));
    }

    @Override
    public void onEvent(ServerSentEvent event) {
        events.add(event);
        told.add(event);
    }

    @Override
    public void onComment(String text) {
        comments.add(text);
        told.add(text);
    }

    @Override
    public void onRetry(long retryMs) {
        retries.add(retryMs);
        told.add(retryMs);
    }

    List<String> data() {
        return events.stream().map(ServerSentEvent::data).toList();
    }

    /** What must not depend on the cuts. */
    List<Object> outcome() {
        return List.of(told, lastEventId, refused);
    }
}
