package dev.freshet.server.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/** A client that sends exactly the given bytes, and reads answers one by one. */
final class RawClient implements Closeable {
    private static final int TIMEOUT_MS = 20_000;

    /** The connection as the kernel knows it. */
    private final Socket tcp;
    /** The same, or TLS over it. */
    private final Socket socket;

    private final InputStream in;

    private RawClient(Socket tcp, Socket socket) throws IOException {
        this.tcp = tcp;
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
    }

    static RawClient plain(int port, int receiveBufferBytes) throws IOException {
        Socket tcp = connected(port, receiveBufferBytes);
        return new RawClient(tcp, tcp);
    }

    static RawClient tls(int port, int receiveBufferBytes, SSLSocketFactory tls) throws IOException {
        Socket tcp = connected(port, receiveBufferBytes);
        return new RawClient(tcp, tls.createSocket(tcp, "localhost", port, true));
    }

    private static Socket connected(int port, int receiveBufferBytes) throws IOException {
        Socket tcp = new Socket();
        if (receiveBufferBytes > 0) {
            tcp.setReceiveBufferSize(receiveBufferBytes);
        }
        tcp.setTcpNoDelay(true);
        tcp.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MS);
        tcp.setSoTimeout(TIMEOUT_MS);
        return tcp;
    }

    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** A request with a Host, and an empty line at the end. */
    RawClient request(String line, String... fields) throws IOException {
        return send(line + " HTTP/1.1\r\nHost: test\r\n" + String.join("", addLineEnds(fields)) + "\r\n");
    }

    private static String[] addLineEnds(String... fields) {
        String[] lines = fields.clone();
        for (int i = 0; i < lines.length; i++) {
            lines[i] += "\r\n";
        }
        return lines;
    }

    Answer answer() throws IOException {
        return answer(true);
    }

    /** The answer to HEAD has no body, whatever its length says. */
    Answer answerWithoutBody() throws IOException {
        return answer(false);
    }

    /** Status and headers of an answer whose body is read otherwise. */
    Answer head() throws IOException {
        return answer(false);
    }

    private Answer answer(boolean withBody) throws IOException {
        String status = line();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] field = line.split(": ", 2);
            headers.merge(field[0].toLowerCase(Locale.ROOT), field[1], (a, b) -> a + ", " + b);
        }
        int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        return new Answer(Integer.parseInt(status.split(" ")[1]), headers, text(length));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed after: " + line);
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.substring(0, text.length() - 1);
    }

    String text(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    byte[] bytes(int length) throws IOException {
        return in.readNBytes(length);
    }

    /** All that comes until the server closes. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** True if the server closed and sent nothing more. */
    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    void closeOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** True if no more came and the connection is gone, whether in good order or not. */
    boolean isCut() throws IOException {
        try {
            return in.read() < 0;
        } catch (SSLException e) {
            return true;
        }
    }

    /** Closes so that the server sees a reset. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    /** Closes in the middle of a test. */
    void disconnect() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
