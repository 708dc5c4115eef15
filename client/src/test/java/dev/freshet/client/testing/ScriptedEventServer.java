package dev.freshet.client.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers each request with the next answer of a script, and all further ones with the last. One thread for
 * each connection. Thread-safe.
 */
public final class ScriptedEventServer implements AutoCloseable {

    private final ServerSocket door;
    private final String scheme;
    private final List<Answer> answers;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();

    private ScriptedEventServer(ServerSocket door, String scheme, List<Answer> answers) {
        this.door = door;
        this.scheme = scheme;
        this.answers = answers;
    }

    /** A server on a free port. */
    public static ScriptedEventServer start(Answer... answers) {
        return startOn(0, answers);
    }

    /** A server on this port of 127.0.0.1. */
    public static ScriptedEventServer startOn(int port, Answer... answers) {
        try {
            return start(new ServerSocket(port, 1000, loopback()), "http", answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server on a free port of this address. */
    public static ScriptedEventServer startAt(InetAddress address, Answer... answers) {
        try {
            return start(new ServerSocket(0, 1000, address), "http", answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that speaks TLS, on a free port. */
    public static ScriptedEventServer startSecure(SSLContext context, Answer... answers) {
        try {
            return start(context.getServerSocketFactory().createServerSocket(0, 1000, loopback()), "https", answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ScriptedEventServer start(ServerSocket door, String scheme, Answer... answers) {
        ScriptedEventServer server = new ScriptedEventServer(door, scheme, List.of(answers));
        server.run("scripted-door", server::accept);
        return server;
    }

    public URI uri() {
        return uri("/events");
    }

    public URI uri(String pathAndQuery) {
        String address = door.getInetAddress().getHostAddress();
        String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
        return URI.create(scheme + "://" + host + ":" + port() + pathAndQuery);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** The requests so far, in the order in which they came. */
    public List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /** How many connections are open. */
    public int open() {
        return open.size();
    }

    /** Takes no more connections and closes those that there are. */
    @Override
    public void close() {
        closeQuietly(door);
        open.forEach(ScriptedEventServer::closeQuietly);
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByName("127.0.0.1");
    }

    private void accept() throws IOException {
        while (!door.isClosed()) {
            Socket socket = door.accept();
            open.add(socket);
            int number = connections.incrementAndGet();
            run("scripted-" + number, () -> serve(socket, number));
        }
    }

    private void serve(Socket socket, int number) throws Exception {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Wire wire = new Wire(socket);
            @Nullable ReceivedRequest request = ReceivedRequest.read(in, number);
            while (request != null) {
                requests.add(request);
                next().give(wire);
                request = ReceivedRequest.read(in, number);
            }
        } finally {
            open.remove(socket);
        }
    }

    private Answer next() {
        return answers.get(Math.min(answered.getAndIncrement(), answers.size() - 1));
    }

    private void run(String name, Work work) {
        Thread thread = new Thread(() -> runQuietly(work), name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void runQuietly(Work work) {
        try {
            work.run();
        } catch (Exception e) {
            // The client is gone, or the test is over: that is what this server is for.
        }
    }

    private static void closeQuietly(AutoCloseable closed) {
        try {
            closed.close();
        } catch (Exception e) {
            // Nobody could do anything about it.
        }
    }

    private interface Work {
        void run() throws Exception;
    }
}
