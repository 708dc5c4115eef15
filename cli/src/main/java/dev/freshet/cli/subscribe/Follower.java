package dev.freshet.cli.subscribe;

import dev.freshet.cli.http.Backoff;
import dev.freshet.cli.http.HubUrl;
import dev.freshet.cli.http.Outage;
import dev.freshet.cli.http.Query;
import dev.freshet.cli.http.RequestFailedException;
import dev.freshet.codec.EventStreamParser;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/**
 * Prints the events of some topics, each once, over as many connections as it takes: after each it goes on behind the last
 * event that it saw (WHATWG HTML 9.2.3).
 *
 * <pre>
 *             200                    end, cut, silence
 *   CONNECT --------&gt; STREAM ----------------------------+
 *    ^   |              | enough events, output closed    |
 *    |   +--- 204 ------+--------------&gt; (return)         |
 *    |   +--- 4xx, no event stream ----&gt; (exception)      |
 *    |   +--- 503, no connection -------------------------+
 *    +------ after retry, doubled by each failure --------+
 * </pre>
 *
 * <p>Used once, by one thread, which blocks.
 */
public final class Follower {
    private final Request request;
    private final Backoff backoff;
    private final Printer printer;
    private final EventStreamParser parser;
    private final Outage outage;
    private final HttpClient client;
    private int failures;

    /**
     * Creates a follower, which connects when it runs.
     *
     * @param request what it asks for
     * @param http what it connects with
     * @param format how events are printed
     * @param backoff the waits between attempts
     * @param out where events are printed, in UTF-8
     * @param err where gaps and outages are told
     */
    public Follower(
            Request request,
            HttpClient.Builder http,
            EventFormat format,
            Backoff backoff,
            OutputStream out,
            PrintStream err) {
        this.request = request;
        this.client = http.followRedirects(HttpClient.Redirect.NORMAL).build();
        this.backoff = backoff;
        this.printer = new Printer(format, out, err, request.maxEvents());
        this.parser = new EventStreamParser(printer);
        this.outage = new Outage(err, request.server());
    }

    /**
     * Follows the topics until there are enough events, the server says that no more will come, or nobody reads the output.
     *
     * @throws RequestFailedException if the hub refuses the request
     * @throws InterruptedException if the thread was interrupted
     */
    public void run() throws InterruptedException {
        while (true) {
            parser.reset();
            Ending ending = new Connection(request.server(), parser, printer, this::onOpen)
                    .run(client, nextRequest(), request.maxIdleMs());
            if (ending instanceof Ending.Finished) {
                return;
            }
            if (ending instanceof Ending.Refused refused) {
                throw new RequestFailedException(refused.message());
            }
            waitAfter(ending);
        }
    }

    private void onOpen() {
        failures = 0;
        outage.onSuccess();
    }

    private void waitAfter(Ending ending) throws InterruptedException {
        long notBeforeMs = 0;
        if (ending instanceof Ending.Broken broken) {
            outage.onFailure(broken.reason());
            notBeforeMs = broken.notBeforeMs();
        }
        failures++;
        Thread.sleep(Math.max(notBeforeMs, backoff.delayMs(printer.retryMs(), failures)));
    }

    private HttpRequest nextRequest() {
        Optional<String> cursor = Optional.of(parser.lastEventId())
                .filter(id -> !id.isEmpty())
                .or(() ->
                        printer.hasEvents() ? Optional.empty() : request.start().lastEventId());
        HttpRequest.Builder next = HttpRequest.newBuilder(uri(cursor))
                .header("Accept", "text/event-stream")
                .header("Cache-Control", "no-cache");
        cursor.filter(Follower::fitsHeader).ifPresent(id -> next.header("Last-Event-ID", id));
        return next.build();
    }

    /** The user's start serves until there is a place to go on from; else it would repeat events. */
    private URI uri(Optional<String> cursor) {
        Query query = new Query();
        if (cursor.isPresent()) {
            query.with("last-event-id", cursor.filter(id -> !fitsHeader(id)));
        } else if (!printer.hasEvents()) {
            request.start().addTo(query);
        }
        List<String> topics = request.topics();
        if (topics.size() == 1) {
            return request.server().topic(topics.get(0), query);
        }
        topics.forEach(topic -> query.with("topic", topic));
        return request.server().events(query);
    }

    /** The JDK's client sends headers as ASCII. */
    private static boolean fitsHeader(String id) {
        return id.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /**
     * What a follower asks for. Immutable.
     *
     * @param server the hub
     * @param topics topics, templates or {@code *}; at least one
     * @param start where the stream begins
     * @param maxEvents after how many events it ends
     * @param maxIdleMs how long a stream may be silent, heartbeats included, before it counts as lost
     */
    public record Request(HubUrl server, List<String> topics, StartAt start, long maxEvents, long maxIdleMs) {

        /**
         * Validates the request.
         *
         * @throws IllegalArgumentException if there is no topic or an empty one, or a number is less than 1
         */
        public Request {
            topics = List.copyOf(topics);
            if (topics.isEmpty() || topics.contains("")) {
                throw new IllegalArgumentException("topic: empty (expected: a topic, a template or *)");
            }
            if (maxEvents < 1) {
                throw new IllegalArgumentException("count: " + maxEvents + " (expected: 1 or more)");
            }
            if (maxIdleMs < 1) {
                throw new IllegalArgumentException("maxIdleMs: " + maxIdleMs + " (expected: 1 or more)");
            }
        }
    }
}
