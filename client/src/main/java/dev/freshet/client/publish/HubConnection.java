package dev.freshet.client.publish;

import dev.freshet.client.http.ClientRequest;
import dev.freshet.client.http.Origin;
import dev.freshet.client.http.Redirect;
import dev.freshet.client.http.ResponseHead;
import dev.freshet.client.publish.PublishException.Reason;
import dev.freshet.client.transport.HttpConnection;
import dev.freshet.client.transport.HttpTransport;
import dev.freshet.client.transport.Loop;
import dev.freshet.client.transport.ResponseListener;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way to a hub: sends one request at a time, follows redirects that keep it a POST, and collects the answer. Keeps the
 * connections that may be needed again. Confined to its loop.
 */
final class HubConnection {

    /** To the hub, and to where it redirects. */
    private static final int MAX_KEPT = 4;

    /** What comes of a request: one call, none after {@link #close}. */
    interface Listener {
        void onAnswer(AnswerReader answer);

        /** There was no answer; there may be one to another attempt. */
        void onBroken(Throwable cause);

        /** What came is no answer of a hub's, and would not be at another attempt. */
        void onUnusable(PublishException failure);
    }

    private final HttpTransport transport;
    private final Loop loop;
    private final Listener listener;
    private final Map<Origin, HttpConnection> kept = new LinkedHashMap<>();

    private Set<String> secrets = Set.of();
    private @Nullable HttpConnection current;
    private boolean isRepeated;

    HubConnection(HttpTransport transport, Loop loop, Listener listener) {
        this.transport = transport;
        this.loop = loop;
        this.listener = listener;
    }

    /** Sends a request, of which another origin must not see these headers; the one before is answered. */
    void send(ClientRequest request, Set<String> secrets) {
        isRepeated = false;
        this.secrets = secrets;
        send(request, 0);
    }

    /** Whether the last request was sent again since a kept connection broke, which may have brought it to a hub before. */
    boolean hasRepeated() {
        return isRepeated;
    }

    /** Whether the last request was written, so that a hub may have taken it, whatever is heard of it. */
    boolean mayHaveDelivered() {
        return isRepeated || (current != null && current.hasWritten());
    }

    /** Gives up what is under way. */
    void close() {
        assert loop.inLoop();
        kept.values().forEach(HttpConnection::close);
        kept.clear();
    }

    private void send(ClientRequest request, int redirects) {
        Origin origin = Origin.of(request.uri());
        HttpConnection old = kept.remove(origin);
        boolean isKept = old != null && old.isIdle();
        HttpConnection connection = old != null && isKept ? old : transport.open(loop, origin);
        dropOldest();
        kept.put(origin, connection);
        current = connection;
        connection.send(request, new Exchange(request, connection, isKept, redirects));
    }

    private void dropOldest() {
        if (kept.size() == MAX_KEPT) {
            Origin oldest = kept.keySet().iterator().next();
            Optional.ofNullable(kept.remove(oldest)).ifPresent(HttpConnection::close);
        }
    }

    /** One request and its response. */
    private final class Exchange implements ResponseListener {

        private final ClientRequest request;
        private final HttpConnection connection;
        private final boolean isConnectionKept;
        private final int redirects;
        private @Nullable AnswerReader answer;

        Exchange(ClientRequest request, HttpConnection connection, boolean isConnectionKept, int redirects) {
            this.request = request;
            this.connection = connection;
            this.isConnectionKept = isConnectionKept;
            this.redirects = redirects;
        }

        @Override
        public void onHead(ResponseHead head) {
            answer = new AnswerReader(head);
        }

        @Override
        public void onBytes(ByteBuffer bytes) {
            if (answer != null && !answer.add(bytes)) {
                close();
                listener.onUnusable(PublishException.of(Reason.BAD_ANSWER, "an answer too large to be a hub's"));
            }
        }

        @Override
        public void onPause() {
            connection.read();
        }

        @Override
        public void onEnd() {
            if (answer == null) {
                return;
            }
            if (Redirect.is(answer.head().status())) {
                follow(answer.head());
            } else {
                listener.onAnswer(answer);
            }
        }

        @Override
        public void onBroken(Throwable cause) {
            if (isConnectionKept && answer == null) {
                // A kept connection may be closed by the hub at any time: no failure of the hub's, so no wait either.
                isRepeated = true;
                send(request, redirects);
            } else {
                listener.onBroken(cause);
            }
        }

        /** What would become a GET is not followed: it publishes nothing. */
        private void follow(ResponseHead head) {
            Optional<ClientRequest> next = Redirect.follow(request, head, secrets);
            if (next.isPresent() && next.get().method().equals("POST") && redirects < Redirect.MAX_IN_A_ROW) {
                send(next.get(), redirects + 1);
            } else {
                String place = next.map(ClientRequest::toString).orElse("nowhere");
                listener.onUnusable(PublishException.of(
                        Reason.BAD_REDIRECT,
                        "redirect: " + head.status() + " to " + place + " (expected: 307 or 308, at most "
                                + Redirect.MAX_IN_A_ROW + " in a row)"));
            }
        }
    }
}
