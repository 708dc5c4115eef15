package dev.freshet.lab.load;

import dev.freshet.lab.load.wire.Sockets;
import dev.freshet.lab.load.wire.Template;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All subscriptions of a load: opens them, a number at a time, and counts them. Confined to the load's thread. */
final class Subscribers {
    private static final int MOST_AT_ONCE = 500;
    private static final int RECEIVE_BYTES = 16_384;
    private static final int STALLED_RECEIVE_BYTES = 4096;

    private final Target target;
    private final Shape shape;
    private final Sockets sockets;
    private final Deliveries deliveries;
    private final List<SubscriberConnection> connections = new ArrayList<>();
    private int opened;
    private int refused;
    private int dropped;

    Subscribers(Target target, Shape shape, Sockets sockets, Deliveries deliveries) {
        this.target = target;
        this.shape = shape;
        this.sockets = sockets;
        this.deliveries = deliveries;
    }

    /** Begins to open as many more as may be under way at once. */
    void openMore() throws IOException {
        while (connections.size() < shape.connections() && underWay() < MOST_AT_ONCE) {
            open(connections.size());
        }
    }

    boolean isConnecting() {
        return connections.size() < shape.connections() || underWay() > 0;
    }

    /** Whether each subscription got at least so many events. */
    int receivedAtLeast(int events) {
        return (int)
                connections.stream().filter(one -> one.received() >= events).count();
    }

    long received() {
        return connections.stream().mapToLong(SubscriberConnection::received).sum();
    }

    int opened() {
        return opened;
    }

    int refused() {
        return refused;
    }

    int dropped() {
        return dropped;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    int eventBytes() {
        return shape.size();
    }

    void onOpened() {
        opened++;
    }

    void onClosed(boolean wasOpen) {
        if (wasOpen) {
            dropped++;
        } else {
            refused++;
        }
    }

    private int underWay() {
        return connections.size() - opened - refused;
    }

    private void open(int number) throws IOException {
        boolean stalled = number < shape.stalled();
        int topics = shape.readsAll() ? shape.topics() : 1;
        byte[] request = request(new Template.Values(number % shape.topics(), number));
        connections.add(sockets.connect(
                target.port(),
                stalled ? STALLED_RECEIVE_BYTES : RECEIVE_BYTES,
                channel -> new SubscriberConnection(channel, this, request, stalled, topics)));
    }

    private byte[] request(Template.Values values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GET ".getBytes(StandardCharsets.US_ASCII));
        target.subscribe().write(out, values);
        out.writeBytes((" HTTP/1.1\r\nHost: 127.0.0.1:" + target.port() + "\r\nAccept: text/event-stream\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        for (Template header : target.headers()) {
            header.write(out, values);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        out.writeBytes(new byte[] {'\r', '\n'});
        return out.toByteArray();
    }
}
