package dev.freshet.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy of HTTP that knows {@code CONNECT} alone, and leads every connection to one server. */
final class ConnectProxy implements AutoCloseable {
    private final ServerSocket door;
    private final int targetPort;
    private final String answer;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    ConnectProxy(int targetPort, String answer) throws IOException {
        this.targetPort = targetPort;
        this.answer = answer;
        door = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        run(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** What it was asked, headers included. */
    List<String> heads() {
        return heads;
    }

    /** Breaks all connections through it. */
    void cut() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        clients.clear();
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }

    private void accept() throws IOException {
        while (!door.isClosed()) {
            Socket client = door.accept();
            clients.add(client);
            run(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getByName("127.0.0.1"), targetPort)) {
            heads.add(head(client.getInputStream()));
            client.getOutputStream().write(answer.getBytes(US_ASCII));
            run(() -> client.getInputStream().transferTo(server.getOutputStream()));
            server.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of the two has gone.
            } catch (UncheckedIOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
