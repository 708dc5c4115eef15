package dev.freshet.lab.load;

import dev.freshet.lab.load.wire.AnswerHead;
import dev.freshet.lab.load.wire.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A subscription: sends its request, then finds the stamps in what comes. Confined to the load's thread. */
final class SubscriberConnection extends Connection {
    private final Subscribers all;
    private final ByteBuffer request;
    private final boolean stalled;
    /** By topic, the number of the event that must come next; 0 before the first. One place if there is one topic. */
    private final int[] next;

    private boolean open;
    private int received;

    SubscriberConnection(SocketChannel channel, Subscribers all, byte[] request, boolean stalled, int topics) {
        super(channel);
        this.all = all;
        this.request = ByteBuffer.wrap(request);
        this.stalled = stalled;
        this.next = new int[topics];
    }

    /** Events that came, also those that came twice. */
    int received() {
        return received;
    }

    @Override
    protected void onConnected() throws IOException {
        send(request);
    }

    @Override
    protected int onBytes(ByteBuffer bytes) throws IOException {
        if (open) {
            return scan(bytes, 0);
        }
        Optional<AnswerHead> head = AnswerHead.read(bytes);
        if (head.isEmpty()) {
            return 0;
        }
        onHead(head.get());
        return stalled ? bytes.limit() : scan(bytes, head.get().length());
    }

    @Override
    protected void onClosed() {
        all.onClosed(open);
    }

    private void onHead(AnswerHead head) throws IOException {
        if (head.status() != 200) {
            throw new IOException("status: " + head.status());
        }
        open = true;
        all.onOpened();
        if (stalled) {
            stopReading();
        }
    }

    private int scan(ByteBuffer bytes, int from) {
        long nowNanos = System.nanoTime();
        int limit = bytes.limit();
        int at = find(bytes, from);
        while (at + Stamp.LENGTH <= limit) {
            boolean found = Stamp.isAt(bytes, at);
            if (found) {
                onStamp(bytes, at, nowNanos);
            }
            at = find(bytes, at + (found ? all.eventBytes() : 1));
        }
        return Math.min(at, limit);
    }

    private static int find(ByteBuffer bytes, int from) {
        int at = from;
        while (at < bytes.limit() && bytes.get(at) != Stamp.FIRST) {
            at++;
        }
        return at;
    }

    private void onStamp(ByteBuffer bytes, int at, long nowNanos) {
        received++;
        int slot = next.length == 1 ? 0 : Stamp.topic(bytes, at);
        next[slot] =
                all.deliveries().onDelivery(next[slot], Stamp.number(bytes, at), Stamp.sentNanos(bytes, at), nowNanos);
    }
}
