package dev.freshet.lab.load;

import dev.freshet.lab.load.wire.AnswerHead;
import dev.freshet.lab.load.wire.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A connection that publishes, one request at a time. Confined to the load's thread. */
final class PublisherConnection extends Connection {
    private final Publishers all;
    private boolean free;

    PublisherConnection(SocketChannel channel, Publishers all) {
        super(channel);
        this.all = all;
    }

    /** Whether it is connected, and its last request answered. */
    boolean isFree() {
        return free;
    }

    void publish(byte[] request) throws IOException {
        free = false;
        send(ByteBuffer.wrap(request));
    }

    @Override
    protected void onConnected() {
        free = true;
    }

    @Override
    protected int onBytes(ByteBuffer bytes) {
        Optional<AnswerHead> head = AnswerHead.read(bytes);
        if (head.isEmpty() || !isWhole(bytes, head.get())) {
            return 0;
        }
        if (head.get().status() / 100 != 2) {
            all.onRefused(head.get().status());
        }
        free = true;
        return bytes.limit();
    }

    @Override
    protected void onClosed() {
        all.onGone(this);
    }

    private static boolean isWhole(ByteBuffer bytes, AnswerHead head) {
        int end = bytes.limit();
        if (head.bodyLength() >= 0) {
            return end >= head.length() + head.bodyLength();
        }
        return end >= head.length() + 5 && bytes.get(end - 5) == '0' && bytes.get(end - 1) == '\n';
    }
}
