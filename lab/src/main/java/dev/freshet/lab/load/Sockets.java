package dev.freshet.lab.load;

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
final class Sockets implements AutoCloseable {
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);

    Sockets() throws IOException {
        selector = Selector.open();
    }

    /**
     * Begins to connect.
     *
     * @param port the server's
     * @param receiveBytes the socket's receive buffer, 0 for the kernel's choice
     * @param maker makes the connection of its channel
     */
    <C extends Connection> C connect(int port, int receiveBytes, Function<SocketChannel, C> maker) throws IOException {
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

    /** Handles what is ready; waits for at most so long. */
    void turn(int timeoutMs) throws IOException {
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
