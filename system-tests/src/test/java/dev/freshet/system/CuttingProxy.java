package dev.freshet.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and the hub, and cuts their connections when it is told to. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket door;
    private final int targetPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean isCut;

    CuttingProxy(URI target) throws IOException {
        targetPort = target.getPort();
        door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        start("proxy-door", this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    int accepted() {
        return accepted.get();
    }

    /** Cuts every connection, and every new one until {@link #mend}. */
    void cut() {
        isCut = true;
        sockets.forEach(CuttingProxy::close);
        sockets.clear();
    }

    void mend() {
        isCut = false;
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }

    private void accept() throws IOException {
        while (!door.isClosed()) {
            Socket client = door.accept();
            accepted.incrementAndGet();
            if (isCut) {
                client.close();
            } else {
                join(client);
            }
        }
    }

    private void join(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), targetPort);
        sockets.add(client);
        sockets.add(server);
        start("proxy-up", () -> copy(client, server));
        start("proxy-down", () -> copy(server, client));
    }

    private void copy(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[16 << 10];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                out.write(bytes, 0, n);
            }
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Somebody else was faster.
        }
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(() -> run(work), name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            // The connection is gone, which is what this proxy is for.
        }
    }

    private interface Work {
        void run() throws IOException;
    }
}
