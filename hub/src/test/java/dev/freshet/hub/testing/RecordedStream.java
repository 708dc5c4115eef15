package dev.freshet.hub.testing;

import dev.freshet.codec.EventStreamParser;
import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.Framing;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All bytes of one stream, and what a client makes of them. Confined to its lane. */
public abstract sealed class RecordedStream permits RecordingSink {
    private final Framing framing;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private byte[] opening = new byte[0];

    RecordedStream(Framing framing) {
        this.framing = framing;
    }

    final void begin(byte[] first) {
        opening = first.clone();
    }

    final void receive(byte[] bytes) {
        received.writeBytes(bytes);
    }

    /**
     * Returns the first bytes of the stream.
     *
     * @return them, as text
     */
    public final String opening() {
        return new String(opening, StandardCharsets.UTF_8);
    }

    /**
     * Returns all bytes behind the opening, with their framing.
     *
     * @return a copy
     */
    public final byte[] bytes() {
        return received.toByteArray();
    }

    /**
     * Returns what is in the frames.
     *
     * @return the stream behind the opening, as text
     * @throws AssertionError if the bytes are not framed as they should be
     */
    public final String text() {
        return new String(unframed(), StandardCharsets.UTF_8);
    }

    /**
     * Tells whether the bytes so far end with a whole frame.
     *
     * @return true if no event was cut
     */
    public final boolean isBetweenEvents() {
        if (framing == Framing.PLAIN) {
            return received.size() == 0 || text().endsWith("\n\n");
        }
        ChunkDecoder chunks = new ChunkDecoder();
        chunks.decode(bytes());
        return chunks.isBetweenChunks();
    }

    /**
     * Returns the events of the whole stream, those of the hub's own included, as a client reads them.
     *
     * @return the events, each with its id
     */
    public final List<ServerSentEvent> events() {
        List<ServerSentEvent> events = new ArrayList<>();
        parse(events::add);
        return events;
    }

    /**
     * Returns the data of the events of the whole stream.
     *
     * @return the data, in order
     */
    public final List<String> data() {
        return events().stream().map(ServerSentEvent::data).toList();
    }

    /**
     * Returns the id with which the client would come back now.
     *
     * @return the last event id
     */
    public final String lastEventId() {
        return parse(event -> {}).lastEventId();
    }

    /**
     * Counts the comments behind the opening.
     *
     * @return how many there were
     */
    public final int heartbeats() {
        int[] count = {0};
        byte[] plain = unframed();
        new EventStreamParser(new EventStreamParser.Handler() {
                    @Override
                    public void onEvent(ServerSentEvent event) {}

                    @Override
                    public void onComment(String text) {
                        count[0]++;
                    }
                })
                .feed(plain, 0, plain.length);
        return count[0];
    }

    private byte[] unframed() {
        return framing == Framing.PLAIN ? bytes() : new ChunkDecoder().decode(bytes());
    }

    private EventStreamParser parse(EventStreamParser.Handler handler) {
        EventStreamParser parser = new EventStreamParser(handler);
        byte[] plain = unframed();
        parser.feed(opening, 0, opening.length);
        parser.feed(plain, 0, plain.length);
        return parser;
    }
}
