package dev.freshet.client;

import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.http.ClientRequest;
import dev.freshet.client.http.GivenHeaders;
import dev.freshet.client.http.Origin;
import dev.freshet.client.http.Redirect;
import dev.freshet.client.http.ResponseHead;
import dev.freshet.client.retry.RetryAfter;
import dev.freshet.client.transport.HttpConnection;
import dev.freshet.client.transport.Loop;
import dev.freshet.client.transport.ResponseListener;
import dev.freshet.client.transport.Watchdog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to have the stream, from the headers it is to send to the end of its connection (WHATWG HTML 9.2.3). Confined
 * to its loop.
 *
 * <pre>
 *                headers are there              200, text/event-stream
 *   PREPARING --------------------&gt; ASKING --------------------------------&gt; OPEN
 *       |                          |  ^  |                                    |
 *       |                 redirect +--+  |                                    |
 *       +--- failed, too late -----------+--- refused, broken, too late ------+--- ended, cut, stalled ---&gt; OVER
 * </pre>
 */
final class Attempt implements ResponseListener {

    private enum State {
        PREPARING,
        ASKING,
        OPEN,
        OVER
    }

    /** What becomes of an attempt. Not called after {@link #cancel}. */
    interface Listener {
        /** The stream is open; {@link #read} asks for its first bytes. */
        void onOpen();

        void onBytes(ByteBuffer bytes);

        /** All that was read is handed on; {@link #read} asks for more. */
        void onPause();

        /** The last call. */
        void onOver(Ending ending);
    }

    /** Why an attempt is over. */
    record Ending(Reason reason, OptionalInt status, Optional<Throwable> cause, Optional<Duration> retryAfter) {

        static Ending of(Reason reason) {
            return new Ending(reason, OptionalInt.empty(), Optional.empty(), Optional.empty());
        }

        static Ending of(Reason reason, Throwable cause) {
            return new Ending(reason, OptionalInt.empty(), Optional.of(cause), Optional.empty());
        }

        static Ending of(Reason reason, ResponseHead head) {
            Optional<Duration> retryAfter =
                    head.header("Retry-After").flatMap(value -> RetryAfter.parse(value, Instant.now()));
            return new Ending(reason, OptionalInt.of(head.status()), Optional.empty(), retryAfter);
        }
    }

    private final StreamOptions options;
    private final Loop loop;
    private final Listener listener;
    private final Watchdog untilOpen;
    private final Optional<Watchdog> untilStalled;

    private State state = State.PREPARING;
    private ClientRequest request;
    /** What the source of headers gave is for the origin of the request alone. */
    private Set<String> secrets = Set.of();

    private @Nullable HttpConnection connection;
    private int redirects;
    private boolean isReading;

    Attempt(StreamOptions options, Loop loop, ClientRequest request, Listener listener) {
        this.options = options;
        this.loop = loop;
        this.request = request;
        this.listener = listener;
        this.untilOpen = watchdog(
                options.limits().openTimeout(),
                () -> state == State.PREPARING ? Reason.NO_HEADERS : Reason.NO_RESPONSE);
        this.untilStalled = options.limits().stallTimeout().map(time -> watchdog(time, () -> Reason.STALLED));
    }

    void start() {
        untilOpen.start();
        GivenHeaders.of(options.headers())
                .whenComplete((headers, failure) -> loop.run(() -> onHeaders(headers, failure)));
    }

    /** Asks for bytes of the open stream. */
    void read() {
        if (state == State.OPEN && connection != null) {
            if (!isReading) {
                isReading = true;
                untilStalled.ifPresent(Watchdog::start);
            }
            connection.read();
        }
    }

    /** Ends the attempt without a word. */
    void cancel() {
        assert loop.inLoop();
        state = State.OVER;
        untilOpen.stop();
        untilStalled.ifPresent(Watchdog::stop);
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void onHead(ResponseHead head) {
        if (Redirect.is(head.status())) {
            redirected(head);
        } else if (head.status() == 204) {
            over(Ending.of(Reason.NO_CONTENT, head));
        } else if (head.status() != 200) {
            over(Ending.of(Reason.REFUSED, head));
        } else if (!head.mediaType().equals("text/event-stream") || head.isEncoded()) {
            over(Ending.of(Reason.WRONG_TYPE, head));
        } else {
            open();
        }
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        listener.onBytes(bytes);
    }

    @Override
    public void onPause() {
        isReading = false;
        listener.onPause();
        if (!isReading) {
            // Whoever does not read cannot say that the server is silent.
            untilStalled.ifPresent(Watchdog::stop);
        }
    }

    @Override
    public void onEnd() {
        over(Ending.of(Reason.ENDED));
    }

    @Override
    public void onBroken(Throwable cause) {
        over(Ending.of(state == State.OPEN ? Reason.CUT : Reason.UNREACHABLE, cause));
    }

    private void onHeaders(@Nullable Map<String, String> headers, @Nullable Throwable failure) {
        if (state != State.PREPARING) {
            return;
        }
        if (headers != null) {
            secrets = headers.keySet();
            ask(request.withHeaders(headers));
        } else if (failure != null) {
            over(Ending.of(Reason.NO_HEADERS, failure));
        }
    }

    private void ask(ClientRequest asked) {
        state = State.ASKING;
        request = asked;
        connection = options.transport().open(loop, Origin.of(asked.uri()));
        connection.send(asked, this);
    }

    private void redirected(ResponseHead head) {
        Optional<ClientRequest> next = Redirect.follow(request, head, secrets);
        if (next.isEmpty() || ++redirects > options.limits().maxRedirects()) {
            over(Ending.of(Reason.BAD_REDIRECT, head));
            return;
        }
        if (connection != null) {
            connection.close();
        }
        ask(next.get());
    }

    private void open() {
        state = State.OPEN;
        untilOpen.stop();
        listener.onOpen();
    }

    private void over(Ending ending) {
        cancel();
        listener.onOver(ending);
    }

    private Watchdog watchdog(Duration patience, Supplier<Reason> reason) {
        return new Watchdog(loop, patience, System::nanoTime, () -> over(Ending.of(reason.get())));
    }
}
