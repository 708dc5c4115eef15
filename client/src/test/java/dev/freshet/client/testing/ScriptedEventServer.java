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
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers each request with the next answer of a script, and all further ones with the last. One thread for
 * each connection. Thread-safe.
 */
public final class ScriptedEventServer implements AutoCloseable {

    private static final int BACKLOG = 1000;

    private final ServerSocket door;
    private final String scheme;
    private final List<Answer> answers;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();

    private ScriptedEventServer(ServerSocket door, String scheme, List<Answer> answers) {
        this.door = door;
        this.scheme = scheme;
        this.answers = answers;
    }

    /**
     * A server on a free port of 127.0.0.1.
     *
     * @param answers the script, at least one
     * @return the server, which takes connections
     * @throws UncheckedIOException if there is no port
     */
    public static ScriptedEventServer start(Answer... answers) {
        return startOn(0, answers);
    }

    /**
     * A server on a port of 127.0.0.1.
     *
     * @param port the port; 0 for a free one
     * @param answers the script, at least one
     * @return the server, which takes connections
     * @throws UncheckedIOException if the port is taken
     */
    public static ScriptedEventServer startOn(int port, Answer... answers) {
        return opened(() -> new ServerSocket(port, BACKLOG, loopback()), answers);
    }

    /**
     * A server on a free port of an address.
     *
     * @param address one of this machine's
     * @param answers the script, at least one
     * @return the server, which takes connections
     * @throws UncheckedIOException if it cannot listen there
     */
    public static ScriptedEventServer startAt(InetAddress address, Answer... answers) {
        return opened(() -> new ServerSocket(0, BACKLOG, address), answers);
    }

    /**
     * A server that speaks TLS, on a free port of 127.0.0.1.
     *
     * @param context who it is, and whom it trusts
     * @param answers the script, at least one
     * @return the server, which takes connections
     * @throws UncheckedIOException if there is no port
     */
    public static ScriptedEventServer startSecure(SSLContext context, Answer... answers) {
        return opened(() -> context.getServerSocketFactory().createServerSocket(0, BACKLOG, loopback()), answers);
    }

    /**
     * A server behind a door of the caller's, for example one of TLS that wants certificates of its clients.
     *
     * @param door bound; closed with the server
     * @param answers the script, at least one
     * @return the server, which takes connections
     */
    public static ScriptedEventServer startBehind(ServerSocket door, Answer... answers) {
        String scheme = door instanceof SSLServerSocket ? "https" : "http";
        ScriptedEventServer server = new ScriptedEventServer(door, scheme, List.of(answers));
        server.run("scripted-door", server::accept);
        return server;
    }

    private static ScriptedEventServer opened(Door door, Answer... answers) {
        try {
            return startBehind(door.open(), answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where the server is.
     *
     * @return with the path {@code /events}; any other is answered alike
     */
    public URI uri() {
        return uri("/events");
    }

    /**
     * Where the server is.
     *
     * @param pathAndQuery begins with a slash
     * @return with that path and query
     */
    public URI uri(String pathAndQuery) {
        String address = door.getInetAddress().getHostAddress();
        String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
        return URI.create(scheme + "://" + host + ":" + port() + pathAndQuery);
    }

    /**
     * Where the server listens.
     *
     * @return the port
     */
    public int port() {
        return door.getLocalPort();
    }

    /**
     * The requests so far.
     *
     * @return a copy, in the order in which they came
     */
    public List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /**
     * What went wrong that no client and no end of a test explains: a request that is not HTTP, a step that threw.
     *
     * @return a copy, empty if all is well
     */
    public List<Exception> failures() {
        return List.copyOf(failures);
    }

    /**
     * How many connections are open.
     *
     * @return those that neither side has closed
     */
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

    private void runQuietly(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            // The client is gone, or the test is over: that is what this server is for.
        } catch (Exception e) {
            failures.add(e);
        }
    }

    private static void closeQuietly(AutoCloseable closed) {
        try {
            closed.close();
        } catch (Exception e) {
            // Nobody could do anything about it.
        }
    }

    private interface Door {
        ServerSocket open() throws IOException;
    }

    private interface Work {
        void run() throws Exception;
    }
}
