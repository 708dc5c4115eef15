package dev.freshet.codec;

import dev.freshet.codec.EventStreamException.Reason;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The lines since the last blank one, and the id that outlives them: the buffers of WHATWG HTML 9.2.6. Confined to its
 * parser.
 */
final class EventBlock {

    private final EventStreamParser.Handler handler;
    private final int maxDataBytes;

    private final GrowingBytes data = new GrowingBytes();
    private String type = "";
    private OptionalLong retryMs = OptionalLong.empty();
    private Optional<String> id;
    private Optional<String> lastId;

    EventBlock(EventStreamParser.Handler handler, int maxDataBytes, String lastEventId) {
        this.handler = handler;
        this.maxDataBytes = maxDataBytes;
        id = lastEventId.isEmpty() ? Optional.empty() : Optional.of(lastEventId);
        lastId = id;
    }

    String lastEventId() {
        return lastId.orElse("");
    }

    /** Takes the line {@code [from, to)}, which is not empty. */
    void field(byte[] line, int from, int to) {
        Field field = Field.of(line, from, to);
        int start = field.valueStart(line, from, to);
        switch (field) {
            case COMMENT -> handler.onComment(Utf8.decode(line, start, to));
            case DATA -> data(line, start, to);
            // The standard lets a type hold NUL, our events do not: keep it a type that no listener means.
            case EVENT -> type = Utf8.decode(line, start, to).replace('\0', '\uFFFD');
            case ID -> id(Utf8.decode(line, start, to));
            case RETRY -> retry(digits(line, start, to));
            case UNKNOWN -> {}
        }
    }

    /** Takes a blank line. The id counts even when there is no event to hand on. */
    void dispatch() {
        lastId = id;
        if (data.size() == 0) {
            clear();
            return;
        }
        String text = Utf8.decode(data.array(), 0, data.size() - 1);
        ServerSentEvent event = new ServerSentEvent(id, type, text, retryMs);
        clear();
        handler.onEvent(event);
    }

    /** Drops what no blank line ended, an id included. */
    void drop() {
        id = lastId;
        clear();
    }

    private void clear() {
        data.clear();
        type = "";
        retryMs = OptionalLong.empty();
    }

    private void data(byte[] line, int from, int to) {
        if (to - from > maxDataBytes - data.size()) {
            throw new EventStreamException(Reason.EVENT_TOO_LARGE, "event", maxDataBytes);
        }
        data.append(line, from, to).append(LineEnds.LF);
    }

    private void id(String value) {
        if (value.indexOf('\0') < 0) {
            id = value.isEmpty() ? Optional.empty() : Optional.of(value);
        }
    }

    private void retry(OptionalLong valueMs) {
        if (valueMs.isPresent()) {
            retryMs = valueMs;
            handler.onRetry(valueMs.getAsLong());
        }
    }

    private static OptionalLong digits(byte[] line, int from, int to) {
        long value = 0;
        for (int at = from; at < to; at++) {
            int digit = line[at] - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
        }
        return from == to ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
