package dev.freshet.system.durable.crowd;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A stream of events on a socket, with HTTP/1.0 and without any library. Confined to one thread. */
public final class PlainStream implements AutoCloseable {
    private static final int PATIENCE_MS = 30_000;

    private final Socket socket;
    private final BufferedReader reader;
    private String id = "";

    private PlainStream(Socket socket) throws IOException {
        this.socket = socket;
        this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** An event that came whole. */
    public record Event(String id, String type, String data) {}

    /** Connects; an id that is empty is none. */
    public static PlainStream open(URI stream, String lastEventId) throws IOException {
        Socket socket = new Socket(stream.getHost(), stream.getPort());
        try {
            PlainStream plain = new PlainStream(socket);
            plain.begin(stream, lastEventId);
            return plain;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Waits for the next event; what is cut off in the middle is none. */
    public Event next() throws IOException {
        String type = "message";
        StringBuilder data = new StringBuilder();
        for (String line = line(); ; line = line()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return new Event(id, type, data.substring(1));
            }
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data.append('\n').append(line, 6, line.length());
            }
        }
    }

    /** Waits for a comment; events before it are dropped. */
    public void awaitComment() throws IOException {
        while (!line().startsWith(":")) {
            // Something else.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void begin(URI stream, String lastEventId) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        String resume = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
        String request = "GET " + stream.getRawPath() + "?" + stream.getRawQuery() + " HTTP/1.0\r\nHost: localhost\r\n"
                + resume + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        String status = line();
        if (!status.contains(" 200 ")) {
            throw new IOException(status);
        }
        while (!line().isEmpty()) {
            // A header.
        }
    }

    private String line() throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new EOFException();
        }
        return line;
    }
}
