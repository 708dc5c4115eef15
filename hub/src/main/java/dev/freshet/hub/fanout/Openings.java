package dev.freshet.hub.fanout;

import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowEntry;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** What a stream begins with, and what it is told of a gap. Confined to its lane. */
final class Openings {
    private final String epoch;
    private final Window window;
    private final long retryMs;

    Openings(String epoch, Window window, long retryMs) {
        this.epoch = epoch;
        this.window = window;
        this.retryMs = retryMs;
    }

    /** The id of a place in the log; 0 stands before the first event. */
    String idAt(long offset) {
        return new EventPosition(epoch, Math.max(0, offset)).id();
    }

    byte[] opening(Subscriber subscriber, Start start) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(StreamText.opening(retryMs, idAt(start.next() - 1)));
        subscriber.id().map(StreamText::connected).ifPresent(bytes::writeBytes);
        if (start.gap().isPresent()) {
            bytes.writeBytes(gap(start));
        }
        return bytes.toByteArray();
    }

    byte[] gap(Start start) {
        WindowEntry earliest = window.entry(start.next());
        Optional<String> earliestId = Optional.ofNullable(earliest).map(entry -> idAt(entry.offset()));
        return StreamText.gap(start.gap().orElseThrow(), start.requested(), earliestId, idAt(start.next() - 1));
    }
}
