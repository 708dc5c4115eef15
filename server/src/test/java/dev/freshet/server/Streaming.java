package dev.freshet.server;

import dev.freshet.codec.EventStreamParser;
import dev.freshet.codec.EventStreamParser.Handler;
import dev.freshet.codec.EventStreamParser.Limits;
import dev.freshet.codec.ServerSentEvent;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A subscriber over a connection of its own. Reads when it is asked, within the connection's timeout. */
final class Streaming implements Handler, Closeable {
    private final Wire wire;
    private final Reply head;
    private final InputStream in;
    private final EventStreamParser parser;
    private final Queue<ServerSentEvent> events = new ArrayDeque<>();
    private final List<Long> retries = new ArrayList<>();
    private final byte[] buffer = new byte[64 * 1024];
    private int comments;
    private int taken;

    Streaming(Wire wire) throws IOException {
        this.wire = wire;
        this.parser = new EventStreamParser(this, new Limits(32 << 20, 32 << 20));
        this.head = wire.head();
        boolean isChunked = head.header("Transfer-Encoding").equals("chunked");
        if (head.status() != 200) {
            throw new IOException("no stream: " + head);
        }
        this.in = isChunked ? new Chunks(wire) : wire.in();
        readUntil(() -> !parser.lastEventId().isEmpty());
    }

    Reply head() {
        return head;
    }

    /** Where the stream stands: at its beginning, or behind the last event read. */
    String lastEventId() {
        return parser.lastEventId();
    }

    List<Long> retries() {
        return retries;
    }

    int comments() {
        return comments;
    }

    ServerSentEvent next() throws IOException {
        readUntil(() -> !events.isEmpty());
        ServerSentEvent next = events.poll();
        if (next == null) {
            throw new IOException("the stream ended");
        }
        taken++;
        return next;
    }

    /** How many events were taken. */
    int taken() {
        return taken;
    }

    String nextData() throws IOException {
        return next().data();
    }

    List<String> nextData(int count) throws IOException {
        List<String> data = new ArrayList<>();
        while (data.size() < count) {
            data.add(nextData());
        }
        return data;
    }

    void awaitComments(int count) throws IOException {
        readUntil(() -> comments >= count);
    }

    /** Reads to the end of the stream, which must be one in good order; returns the events that were still to come. */
    List<ServerSentEvent> rest() throws IOException {
        readUntil(() -> false);
        return List.copyOf(events);
    }

    @Override
    public void onEvent(ServerSentEvent event) {
        events.add(event);
    }

    @Override
    public void onComment(String comment) {
        comments++;
    }

    @Override
    public void onRetry(long retryMs) {
        retries.add(retryMs);
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    private void readUntil(Condition condition) throws IOException {
        int count = 0;
        while (!condition.holds() && count >= 0) {
            count = in.read(buffer);
            if (count > 0) {
                parser.feed(buffer, 0, count);
            }
        }
    }

    private interface Condition {
        boolean holds();
    }
}
