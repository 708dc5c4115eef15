package dev.freshet.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One connection to a server, that sends what a test says and reads answers one by one. */
final class Wire implements Closeable {
    private static final int TIMEOUT_MS = 20_000;

    private final Socket socket = new Socket();
    private final URI address;
    private final InputStream in;

    Wire(URI address) throws IOException {
        this.address = address;
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), TIMEOUT_MS);
        socket.setSoTimeout(TIMEOUT_MS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a request of HTTP/1.1 with the length of its body, and with a Host if the fields have none. */
    Wire request(String method, String target, String body, String... fields) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (!String.join("\n", fields).contains("Host: ")) {
            head.append("Host: ").append(address.getAuthority()).append("\r\n");
        }
        if (method.equals("POST")) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        send(head.append("\r\n").toString());
        socket.getOutputStream().write(bytes);
        return this;
    }

    Wire send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    void sendBytes(int... bytes) throws IOException {
        for (int b : bytes) {
            socket.getOutputStream().write(b);
        }
    }

    Reply reply() throws IOException {
        Reply head = head();
        int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Reply(head.status(), head.headers(), body);
    }

    /** An answer whose body is not read here. */
    Reply head() throws IOException {
        String status = line();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] field = line.split(": ?", 2);
            headers.merge(field[0].toLowerCase(Locale.ROOT), field[1], (a, b) -> a + ", " + b);
        }
        return new Reply(Integer.parseInt(status.split(" ", 3)[1]), headers, "");
    }

    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed after: " + line);
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    InputStream in() {
        return in;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
