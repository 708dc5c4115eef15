package dev.freshet.lab.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that a server of events can do: one thread, one selector, a request told by its first letter, no history, no
 * rights, one send per subscriber per event. What a real server costs above it is what its features cost.
 *
 * <p>{@code GET} anything subscribes; the body of {@code POST} anything becomes the data of one event for everybody. A
 * request must come in one piece, and what a socket does not take at once is lost: it is a floor, no server.
 */
public final class FloorServer {
    private static final byte[] HEAD =
            ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
    private static final byte[] ANSWER = ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private static final int BACKLOG = 4096;

    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 17);
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 17);
    private final List<SocketChannel> subscribers = new ArrayList<>();

    private FloorServer(int port) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Serves until the process is ended.
     *
     * @param args the port
     * @throws IOException if the port is taken
     */
    public static void main(String... args) throws IOException {
        FloorServer floor = new FloorServer(Integer.parseInt(args[0]));
        while (true) {
            floor.selector.select(floor::onReady);
        }
    }

    private void onReady(SelectionKey key) {
        try {
            if (key.channel() instanceof ServerSocketChannel server) {
                accept(server);
            } else {
                read((SocketChannel) key.channel());
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    private void read(SocketChannel channel) throws IOException {
        in.clear();
        if (!hasRead(channel)) {
            subscribers.remove(channel);
            channel.close();
            return;
        }
        in.flip();
        if (in.get(0) == 'G') {
            channel.write(ByteBuffer.wrap(HEAD));
            subscribers.add(channel);
        } else {
            broadcast();
            channel.write(ByteBuffer.wrap(ANSWER));
        }
    }

    private void broadcast() {
        out.clear()
                .put(ascii("data: "))
                .put(in.position(bodyAt()))
                .put(ascii("\n\n"))
                .flip();
        for (SocketChannel subscriber : subscribers) {
            try {
                subscriber.write(out.rewind());
            } catch (IOException e) {
                // It is gone; its end is read next.
            }
        }
    }

    private int bodyAt() {
        int at = 3;
        while (at < in.limit() && (in.get(at) != '\n' || in.get(at - 2) != '\n')) {
            at++;
        }
        return Math.min(at + 1, in.limit());
    }

    private boolean hasRead(SocketChannel channel) {
        try {
            return channel.read(in) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
