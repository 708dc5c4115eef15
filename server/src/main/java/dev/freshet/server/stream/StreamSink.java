package dev.freshet.server.stream;

import dev.freshet.hub.fanout.Subscriber;
import dev.freshet.hub.fanout.SubscriberSink;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.server.http.stream.ByteStream;
import dev.freshet.server.http.stream.StreamEnd;
import dev.freshet.server.http.stream.StreamListener;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Joins a subscriber and the stream of its connection. Confined to their loop, which is the subscriber's lane. */
final class StreamSink implements SubscriberSink, StreamListener {
    private final Subscriber subscriber;
    private @Nullable ByteStream stream;

    StreamSink(Subscriber subscriber) {
        this.subscriber = subscriber;
    }

    void attach(ByteStream opened) {
        stream = opened;
    }

    @Override
    public int write(ByteBuffer bytes) {
        return stream == null ? CLOSED : stream.write(bytes);
    }

    @Override
    public void end() {
        if (stream != null) {
            stream.end();
        }
    }

    @Override
    public void abort() {
        if (stream != null) {
            stream.abort();
        }
    }

    @Override
    public void onWritable() {
        subscriber.onWritable();
    }

    @Override
    public void onClosed(StreamEnd end) {
        subscriber.onEnded(reason(end));
    }

    private static EndReason reason(StreamEnd end) {
        return switch (end) {
            case CLIENT_CLOSED -> EndReason.CLIENT_CLOSED;
            case CLIENT_RESET -> EndReason.CLIENT_RESET;
            case IO_ERROR -> EndReason.IO_ERROR;
            case ENDED, ABORTED -> EndReason.ENDED;
            case SERVER_CLOSED -> EndReason.SHUTDOWN;
        };
    }
}
