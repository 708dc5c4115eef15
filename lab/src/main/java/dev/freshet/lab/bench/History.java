package dev.freshet.lab.bench;

import dev.freshet.lab.peers.RunningPeer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Events for subscribers that come later. */
final class History {
    private static final int DATA_BYTES = 200;
    private static final int TIMEOUT_MS = 5000;

    private History() {}

    /**
     * Publishes one event and then more.
     *
     * @return the first one's id
     */
    static String publish(RunningPeer peer, int events) throws IOException {
        try (Socket subscriber = new Socket(InetAddress.getLoopbackAddress(), peer.port())) {
            subscriber.setSoTimeout(TIMEOUT_MS);
            subscriber.getOutputStream().write(request(peer).getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(subscriber.getInputStream(), StandardCharsets.UTF_8));
            lines.readLine();
            HttpClient client = HttpClient.newHttpClient();
            post(client, peer, "before");
            String id = firstId(lines);
            for (int i = 1; i <= events; i++) {
                post(client, peer, stamped(i));
            }
            return id;
        }
    }

    private static String request(RunningPeer peer) {
        return "GET " + onTopic(peer.peer().dialect().subscribe()) + " HTTP/1.1\r\nHost: 127.0.0.1:" + peer.port()
                + "\r\nAccept: text/event-stream\r\n\r\n";
    }

    private static String firstId(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id:")) {
                return line.substring("id:".length()).strip();
            }
        }
        throw new IOException("history: the stream ended without an id");
    }

    private static void post(HttpClient client, RunningPeer peer, String data) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + peer.port()
                + onTopic(peer.peer().dialect().publish()));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(data))
                .build();
        try {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The data that the load generators look for. */
    private static String stamped(int number) {
        String stamp = String.format("~@%016x%08x;%08x;", System.nanoTime(), number, 0);
        return stamp + "a".repeat(DATA_BYTES - stamp.length());
    }

    private static String onTopic(String path) {
        return path.replace("{t}", "0");
    }
}
