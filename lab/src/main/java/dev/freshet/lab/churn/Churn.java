package dev.freshet.lab.churn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Clients that subscribe, see the stream begin, and go: by a close, a reset, a half-close, behind a second request, or without
 * having read. An event is published all the time, so that many go in the middle of a write. Thread-safe.
 *
 * <p>Each thread has a loopback address of its own, so that no port is waited for.
 */
final class Churn {
    private static final int THREADS = 8;
    private static final int WAYS = 5;
    private static final int TIMEOUT_MS = 20_000;
    private static final byte[] SUBSCRIBE = ascii("GET /events/churn HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    private static final byte[] PUBLISH =
            ascii("POST /events/churn HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 200\r\n\r\n" + "x".repeat(200));

    private final int port;

    Churn(int port) {
        this.port = port;
    }

    /** Opens and closes so many connections. Blocks. */
    void run(int connections) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            AtomicBoolean isOver = new AtomicBoolean();
            CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> publishUntil(isOver), threads);
            List<CompletableFuture<Void>> clients = IntStream.range(0, THREADS)
                    .mapToObj(thread ->
                            CompletableFuture.runAsync(() -> comeAndGo(thread, connections / THREADS), threads))
                    .toList();
            clients.forEach(CompletableFuture::join);
            isOver.set(true);
            publisher.join();
        } finally {
            threads.shutdown();
        }
    }

    private void comeAndGo(int thread, int connections) {
        try {
            InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (2 + thread)});
            for (int i = 0; i < connections; i++) {
                comeAndGo(from, i % WAYS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void comeAndGo(InetAddress from, int way) throws IOException {
        try (Socket client = connect(from)) {
            client.getOutputStream().write(SUBSCRIBE);
            if (way == 0) {
                return; // What comes now is answered with a reset.
            }
            awaitStream(client.getInputStream());
            switch (way) {
                case 1 -> client.setSoLinger(true, 0);
                case 2 -> client.getOutputStream().write(SUBSCRIBE);
                case 3 -> readToTheEnd(client);
                default -> {}
            }
        }
    }

    private Socket connect(InetAddress from) throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
        return socket;
    }

    /** Head and opening are one write. */
    private static void awaitStream(InputStream in) throws IOException {
        byte[] head = new byte[4096];
        int count = in.read(head);
        if (count < 0 || !new String(head, 0, count, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 200")) {
            throw new IOException("no stream (expected: HTTP/1.1 200)");
        }
    }

    private static void readToTheEnd(Socket client) throws IOException {
        client.shutdownOutput();
        byte[] bytes = new byte[4096];
        while (client.getInputStream().read(bytes) >= 0) {}
    }

    private void publishUntil(AtomicBoolean isOver) {
        try (Socket publisher = connect(InetAddress.getLoopbackAddress())) {
            byte[] answer = new byte[4096];
            while (!isOver.get()) {
                publisher.getOutputStream().write(PUBLISH);
                if (publisher.getInputStream().read(answer) < 0) {
                    throw new IOException("the publisher was cut off (expected: an answer)");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
