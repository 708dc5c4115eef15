package dev.freshet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A short run of what a hub does all day, so that the JVM can note for later starts what is loaded and linked on the way
 * (JEP 514). Speaks HTTP by hand: what a client of Java would load is nothing that a hub needs. Confined to the main thread.
 */
final class Rehearsal {
    private static final int PUBLISHES = 300;
    private static final int MAX_WAIT_MS = 10_000;

    private final URI hub;

    Rehearsal(URI hub) {
        this.hub = hub;
    }

    /** Subscribes, publishes in every form, waits for the last event, and makes a few mistakes. */
    void run() throws IOException {
        try (Socket subscriber = connect()) {
            send(
                    subscriber,
                    "GET /events/rehearsal/%7Bpart%7D?connected=true&last=1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            for (int i = 0; i < PUBLISHES; i++) {
                ask(post("/events/rehearsal/" + i + "?type=line", "text/plain", "line " + i));
            }
            ask(post("/events", "application/json", "{\"topic\":[\"rehearsal/a\"],\"data\":{\"number\":1.50}}"));
            ask(post("/events", "application/x-www-form-urlencoded", "topic=rehearsal/b&data=form"));
            ask(post("/events", "application/x-ndjson", "{\"topic\":\"rehearsal/c\",\"data\":\"the end\"}\n"));
            waitFor(subscriber, "the end");
        }
        ask("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        ask("GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        ask(post("/events", "application/json", "{"));
    }

    private static String post(String path, String contentType, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void ask(String request) throws IOException {
        try (Socket connection = connect()) {
            send(connection, request);
            connection.getInputStream().readAllBytes();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(hub.getHost(), hub.getPort());
        socket.setSoTimeout(MAX_WAIT_MS);
        return socket;
    }

    private static void send(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void waitFor(Socket connection, String text) throws IOException {
        InputStream in = connection.getInputStream();
        StringBuilder seen = new StringBuilder();
        byte[] bytes = new byte[8192];
        while (seen.indexOf(text) < 0) {
            int count = in.read(bytes);
            if (count < 0) {
                throw new IOException("rehearsal: the stream ended (expected: an event with \"" + text + "\")");
            }
            seen.append(new String(bytes, 0, count, StandardCharsets.US_ASCII));
        }
    }
}
