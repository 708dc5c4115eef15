package dev.freshet.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A page that opens a native EventSource, on another origin than the hub, and reports what it sees. */
final class ReportingPage implements AutoCloseable {
    private static final String PAGE = """
            <!doctype html><meta charset=utf-8><title>reporting</title>
            <script>
            const source = new EventSource(new URLSearchParams(location.search).get('stream'));
            let number = 0;
            const report = what => fetch('/report/' + number++, {method: 'POST', body: what});
            source.onmessage = event => report(event.data);
            source.onopen = () => fetch('/opened', {method: 'POST'});
            source.addEventListener('gap', event => report('gap ' + event.data));
            </script>
            """;

    private final HttpServer server;
    private final Map<Integer, String> reports = new ConcurrentSkipListMap<>();
    private volatile int opened;

    ReportingPage() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/page", exchange -> answer(exchange, PAGE));
        server.createContext("/opened", this::onOpened);
        server.createContext("/report/", this::onReport);
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String url(URI stream) {
        return origin() + "/page?stream=" + URLEncoder.encode(stream.toString(), StandardCharsets.UTF_8);
    }

    /** How often the stream was opened. */
    int opened() {
        return opened;
    }

    /** The data of all events so far, in the order in which the page saw them. */
    List<String> seen() {
        return List.copyOf(reports.values());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void onOpened(HttpExchange exchange) throws IOException {
        opened++;
        answer(exchange, "");
    }

    private void onReport(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String data = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        reports.put(Integer.valueOf(path.substring(path.lastIndexOf('/') + 1)), data);
        answer(exchange, "");
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
