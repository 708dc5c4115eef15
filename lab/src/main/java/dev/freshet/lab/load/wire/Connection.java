package dev.freshet.lab.load.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One socket. Confined to the load's thread.
 *
 * <pre>
 *   connecting --onConnected--> open --onClosed--> closed
 * </pre>
 */
public abstract class Connection {
    private static final byte[] NOTHING = {};

    private final SocketChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable ByteBuffer unsent;
    /** Bytes that came and were not used up. */
    private byte[] rest = NOTHING;

    /**
     * Makes a connection of a channel that has not been connected.
     *
     * @param channel the channel, which the connection closes
     */
    protected Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * The server has taken the connection.
     *
     * @throws IOException if the connection is of no use; it is then closed
     */
    protected abstract void onConnected() throws IOException;

    /**
     * Bytes came, after those that were left over before.
     *
     * @param bytes from 0 to their limit
     * @return how many were used up
     * @throws IOException if the connection is of no use; it is then closed
     */
    protected abstract int onBytes(ByteBuffer bytes) throws IOException;

    /** The connection is gone. */
    protected abstract void onClosed();

    /**
     * Sends bytes, as soon as the socket takes them. There must be no others waiting.
     *
     * @param bytes the bytes; the connection's from now on
     * @throws IOException if the connection is gone
     */
    protected final void send(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            unsent = bytes;
            watch(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /** Leaves in the socket whatever comes from now on. */
    protected final void stopReading() {
        watch(0);
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
        onClosed();
    }

    final void onRegistered(SelectionKey registered) {
        key = registered;
    }

    final void onReady(SelectionKey ready, ByteBuffer buffer) {
        try {
            if (ready.isConnectable()) {
                channel.finishConnect();
                watch(SelectionKey.OP_READ);
                onConnected();
            } else if (ready.isWritable()) {
                sendRest();
            } else {
                read(buffer);
            }
        } catch (IOException e) {
            close();
        }
    }

    private void sendRest() throws IOException {
        ByteBuffer bytes = unsent;
        unsent = null;
        watch(SelectionKey.OP_READ);
        if (bytes != null) {
            send(bytes);
        }
    }

    private void read(ByteBuffer buffer) throws IOException {
        buffer.clear().put(rest);
        if (channel.read(buffer) < 0) {
            close();
            return;
        }
        buffer.flip();
        int used = onBytes(buffer);
        keep(buffer.position(used));
    }

    private void keep(ByteBuffer left) throws IOException {
        if (!left.hasRemaining()) {
            rest = NOTHING;
        } else if (left.remaining() > left.capacity() / 2) {
            throw new IOException("answer: over " + left.capacity() / 2 + " bytes that make no sense yet");
        } else {
            rest = new byte[left.remaining()];
            left.get(rest);
        }
    }

    private void watch(int operations) {
        if (key != null && key.isValid()) {
            key.interestOps(operations);
        }
    }
}
