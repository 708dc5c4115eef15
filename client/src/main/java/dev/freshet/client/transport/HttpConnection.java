package dev.freshet.client.transport;

import dev.freshet.client.http.ClientRequest;
import dev.freshet.client.http.Origin;
import dev.freshet.client.http.ResponseHead;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/1.1, for one request at a time (RFC 9112). Confined to its loop.
 *
 * <pre>
 *        send()              connected, request written          end of response
 *   NEW --------> CONNECTING --------------------------> BUSY &lt;-------------------> IDLE
 *    |                |                                   |          send()          |
 *    +----------------+------------- broken, close() -----+--------------------------+----> CLOSED
 * </pre>
 */
public final class HttpConnection {

    private enum State {
        NEW,
        CONNECTING,
        BUSY,
        IDLE,
        CLOSED
    }

    private final Loop loop;
    private final Origin origin;
    private final Dial dial;

    private State state = State.NEW;
    private boolean hasWritten;
    private @Nullable Channel channel;
    private @Nullable Exchange exchange;

    HttpConnection(HttpTransport transport, Loop loop, Origin origin) {
        this.loop = loop;
        this.origin = origin;
        this.dial = new Dial(
                transport, loop, origin, new ResponseReader(this), new DialOutcome(), Addresses.OF_SYSTEM::find);
    }

    /** What is under way. */
    private record Exchange(ClientRequest request, ResponseListener listener) {}

    /**
     * Sends a request, on the first call after connecting.
     *
     * @param request to this connection's origin
     * @param listener takes the response
     * @throws IllegalStateException if a request is under way or the connection is closed
     */
    public void send(ClientRequest request, ResponseListener listener) {
        assert loop.inLoop();
        if (state != State.NEW && state != State.IDLE) {
            throw new IllegalStateException("state: " + state + " (expected: NEW or IDLE)");
        }
        exchange = new Exchange(request, listener);
        if (state == State.NEW) {
            state = State.CONNECTING;
            dial.start();
        } else {
            write(request);
        }
    }

    /** Asks for more of the body; may be called at any time, and more than once. */
    public void read() {
        assert loop.inLoop();
        if (channel != null) {
            channel.read();
        }
    }

    /**
     * Whether the connection waits for its next request.
     *
     * @return false if it never can take one again, or not yet
     */
    public boolean isIdle() {
        assert loop.inLoop();
        return state == State.IDLE;
    }

    /**
     * Whether a request was written, which the other side may have received whatever became of it.
     *
     * @return false as long as there was no connection
     */
    public boolean hasWritten() {
        assert loop.inLoop();
        return hasWritten;
    }

    /** Closes the connection at once; the listener is not called again. */
    public void close() {
        assert loop.inLoop();
        state = State.CLOSED;
        exchange = null;
        dial.cancel();
    }

    void onHead(ResponseHead head) {
        if (exchange != null) {
            exchange.listener.onHead(head);
        } else {
            // Nobody asked: what follows could be taken for the answer to the next request.
            close();
        }
    }

    void onBytes(ByteBuffer bytes) {
        if (exchange != null) {
            exchange.listener.onBytes(bytes);
        }
    }

    void onPause() {
        if (exchange != null) {
            exchange.listener.onPause();
        }
    }

    void onEnd(boolean isKeptAlive) {
        Exchange ended = exchange;
        if (ended == null) {
            return;
        }
        exchange = null;
        if (isKeptAlive) {
            state = State.IDLE;
        } else {
            close();
        }
        ended.listener.onEnd();
    }

    void onBroken(Throwable cause) {
        Exchange broken = exchange;
        close();
        if (broken != null) {
            broken.listener.onBroken(cause);
        }
    }

    private void write(ClientRequest request) {
        try {
            FullHttpRequest written = RequestWriter.full(request, origin);
            state = State.BUSY;
            hasWritten = true;
            write(Objects.requireNonNull(channel), written);
        } catch (RuntimeException e) {
            // Else it would be lost in the connection's own listeners, and the request would wait for ever.
            onBroken(e);
        }
    }

    private void write(Channel connected, FullHttpRequest request) {
        connected.writeAndFlush(request).addListener(written -> {
            if (!written.isSuccess() && state != State.CLOSED) {
                onBroken(written.cause());
            }
        });
        connected.read();
    }

    private final class DialOutcome implements Dial.Outcome {
        @Override
        public void onConnected(Channel connected) {
            channel = connected;
            if (exchange != null) {
                write(exchange.request);
            }
        }

        @Override
        public void onUnreachable(Throwable cause) {
            onBroken(cause);
        }
    }
}
