package dev.freshet.hub.log;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Makes logged events and reads them back, for the tests of this package. */
final class Events {
    private Events() {}

    static LoggedEvent event(long offset, String data, String... topics) {
        return eventAt(offset, 1000, data, topics);
    }

    static LoggedEvent eventAt(long offset, long timeMs, String data, String... topics) {
        List<Topic> names = Arrays.stream(topics).map(Topic::new).toList();
        Publication publication =
                new Publication(ServerSentEvent.of(data), names.isEmpty() ? List.of(new Topic("t")) : names, false);
        return new LoggedEvent(offset, timeMs, "e-" + Long.toString(offset, 36), publication);
    }

    /** An event that takes so many bytes in a segment, with the largest frame. */
    static LoggedEvent sized(long offset, int framedBytes) {
        String around = plainText(event(offset, ""));
        int left = framedBytes - 12 - around.length();
        return event(offset, "x".repeat(left));
    }

    static String plainText(LoggedEvent event) {
        return "id: " + event.id() + "\ndata: " + event.publication().event().data() + "\n\n";
    }

    static String text(WindowEntry entry, Framing framing) {
        ByteBuffer bytes = ByteBuffer.allocate(entry.sizeBytes(framing));
        entry.copyTo(bytes, framing);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    static String text(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return new String(copy, StandardCharsets.UTF_8);
    }
}
