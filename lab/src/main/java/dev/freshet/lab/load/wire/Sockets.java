package dev.freshet.lab.load.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Function;

/** All sockets of a load, on one selector and one buffer; only loopback is ever a target. Confined to the load's thread. */
public final class Sockets implements AutoCloseable {
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);

    /**
     * Opens the selector.
     *
     * @throws IOException if there is none to be had
     */
    public Sockets() throws IOException {
        selector = Selector.open();
    }

    /**
     * Begins to connect.
     *
     * @param port the server's
     * @param receiveBytes the socket's receive buffer, 0 for the kernel's choice
     * @param maker makes the connection of its channel
     * @param <C> its type
     * @return the connection, which is told of what becomes of it
     * @throws IOException if there is no socket to be had
     */
    public <C extends Connection> C connect(int port, int receiveBytes, Function<SocketChannel, C> maker)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (receiveBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
        }
        C connection = maker.apply(channel);
        connection.onRegistered(channel.register(selector, SelectionKey.OP_CONNECT, connection));
        if (channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            throw new IOException("connected at once (expected: later, through the selector)");
        }
        return connection;
    }

    /**
     * Handles what is ready.
     *
     * @param timeoutMs the most to wait if nothing is; 0 to not wait
     * @throws IOException if the selector fails
     */
    public void turn(int timeoutMs) throws IOException {
        if (timeoutMs == 0) {
            selector.selectNow(this::onReady);
        } else {
            selector.select(this::onReady, timeoutMs);
        }
    }

    private void onReady(SelectionKey key) {
        ((Connection) key.attachment()).onReady(key, buffer);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
