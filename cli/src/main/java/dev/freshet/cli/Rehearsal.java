package dev.freshet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A short run of what a hub does all day, so that the JVM can note for later starts what is loaded and linked on the way
 * (JEP 514), and which methods are worth compiling first (JEP 515). Speaks HTTP by hand: what a client of Java would load is
 * nothing that a hub needs. Confined to the main thread.
 */
final class Rehearsal {
    private static final int ROUNDS = 20;
    private static final int STREAMS_PER_ROUND = 200;
    private static final int EVENTS_PER_ROUND = 150;
    private static final int MAX_WAIT_MS = 10_000;

    private final URI hub;

    Rehearsal(URI hub) {
        this.hub = hub;
    }

    /** Publishes in every form, makes a few mistakes, and lets many streams come, be served and go. */
    void run() throws IOException {
        try (Socket subscriber = subscribe("/events/rehearsal/%7Bpart%7D?connected=true&last=1")) {
            publishOnce("/events/rehearsal/a?type=line", "text/plain", "line");
            publishOnce("/events", "application/json", "{\"topic\":[\"rehearsal/a\"],\"data\":{\"number\":1.50}}");
            publishOnce("/events", "application/x-www-form-urlencoded", "topic=rehearsal/b&data=form");
            publishOnce("/events", "application/x-ndjson", "{\"topic\":\"rehearsal/c\",\"data\":\"the end\"}\n");
            waitFor(subscriber, "the end");
        }
        publishOnce("/events", "application/json", "{");
        askOnce("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        askOnce("GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        for (int round = 0; round < ROUNDS; round++) {
            serve("/events/crowd/" + round);
        }
    }

    private void serve(String topic) throws IOException {
        List<Socket> streams = new ArrayList<>();
        try (Socket publisher = connect()) {
            for (int i = 0; i < STREAMS_PER_ROUND; i++) {
                streams.add(subscribe(topic));
            }
            for (int i = 0; i < EVENTS_PER_ROUND; i++) {
                send(publisher, post(topic, "text/plain", "event " + i, ""));
                waitFor(publisher, "\"}");
            }
            for (Socket stream : streams) {
                waitFor(stream, "event " + (EVENTS_PER_ROUND - 1));
            }
        } finally {
            for (Socket stream : streams) {
                stream.close();
            }
        }
    }

    private Socket subscribe(String path) throws IOException {
        Socket stream = connect();
        send(stream, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
        waitFor(stream, "retry:");
        return stream;
    }

    private void publishOnce(String path, String contentType, String body) throws IOException {
        askOnce(post(path, contentType, body, "Connection: close\r\n"));
    }

    private static String post(String path, String contentType, String body, String furtherFields) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + furtherFields + "Content-Type: " + contentType
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void askOnce(String request) throws IOException {
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
        String seen = "";
        byte[] bytes = new byte[8192];
        while (!seen.contains(text)) {
            int count = in.read(bytes);
            if (count < 0) {
                throw new IOException("rehearsal: the stream ended (expected: an event with \"" + text + "\")");
            }
            String read = new String(bytes, 0, count, StandardCharsets.US_ASCII);
            seen = seen.substring(Math.max(0, seen.length() - text.length())) + read;
        }
    }
}
