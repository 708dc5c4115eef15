package dev.freshet.lab.load;

import dev.freshet.lab.load.wire.Sockets;
import dev.freshet.lab.load.wire.Template;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * All connections that publish: number the events of each topic, stamp them, and tell what is owed to whom. Confined to the
 * load's thread.
 */
final class Publishers {
    private final Target target;
    private final Shape shape;
    private final Sockets sockets;
    private final Deliveries deliveries;
    private final PublisherConnection[] connections;
    /** By publisher: how many requests it has sent. */
    private final int[] turns;
    /** By topic: the number of the newest event. */
    private final int[] numbers;

    private final int[] readers;
    private final byte[] filler;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final ByteArrayOutputStream request = new ByteArrayOutputStream();
    private long requests;
    private long failed;

    Publishers(Target target, Shape shape, Sockets sockets, Deliveries deliveries) throws IOException {
        this.target = target;
        this.shape = shape;
        this.sockets = sockets;
        this.deliveries = deliveries;
        this.turns = new int[shape.publishers()];
        this.numbers = new int[shape.topics()];
        this.readers = new int[shape.topics()];
        Arrays.setAll(readers, shape::readersOf);
        this.filler = filler(shape.size() - Stamp.LENGTH);
        this.connections = new PublisherConnection[shape.publishers()];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = connect();
        }
    }

    /** Publishes on every connection that is free, as long as the budget lasts. */
    void publish(Budget budget) throws IOException {
        for (int i = 0; i < connections.length && budget.allows(); i++) {
            if (connections[i].isFree()) {
                publishBy(i);
                budget.spend();
            }
        }
    }

    long requests() {
        return requests;
    }

    long failed() {
        return failed;
    }

    void onRefused(int status) {
        if (failed++ == 0) {
            System.err.println("first refused publish: status " + status);
        }
    }

    void onGone(PublisherConnection gone) {
        failed++;
        try {
            connections[Arrays.asList(connections).indexOf(gone)] = connect();
        } catch (IOException e) {
            System.err.println("a publisher cannot come back: " + e.getMessage());
        }
    }

    private PublisherConnection connect() throws IOException {
        return sockets.connect(target.publishPort(), 0, channel -> new PublisherConnection(channel, this));
    }

    private void publishBy(int publisher) throws IOException {
        int topic = topicOf(publisher, turns[publisher]++);
        body.reset();
        for (int i = 0; i < shape.batch(); i++) {
            if (i > 0) {
                body.write('\n');
            }
            writeEvent(topic);
        }
        requests++;
        connections[publisher].publish(requestTo(topic));
    }

    /** Publisher p has the topics p, p + publishers, p + 2 publishers and so on; if none need order, all share all. */
    private int topicOf(int publisher, int turn) {
        int publishers = connections.length;
        if (shape.unordered()) {
            return Math.floorMod(turn * publishers + publisher, shape.topics());
        }
        int own = (shape.topics() - publisher + publishers - 1) / publishers;
        return Math.floorMod(turn, own) * publishers + publisher;
    }

    private void writeEvent(int topic) {
        int number = ++numbers[topic];
        long nowNanos = System.nanoTime();
        target.body().write(body, new Template.Values(topic, 0, out -> {
            Stamp.write(out, nowNanos, number, topic);
            out.writeBytes(filler);
        }));
        deliveries.onPublished(readers[topic]);
    }

    private byte[] requestTo(int topic) {
        request.reset();
        request.writeBytes("POST ".getBytes(StandardCharsets.US_ASCII));
        target.publish().write(request, new Template.Values(topic, 0));
        request.writeBytes((" HTTP/1.1\r\nHost: 127.0.0.1:" + target.publishPort() + "\r\nContent-Type: "
                        + target.type() + "\r\nContent-Length: " + body.size() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body.toByteArray());
        return request.toByteArray();
    }

    private static byte[] filler(int length) {
        byte[] letters = new byte[length];
        for (int i = 0; i < length; i++) {
            letters[i] = (byte) ('a' + (i * 7 + i / 32) % 26);
        }
        return letters;
    }

    /** How much may be published now. */
    interface Budget {
        boolean allows();

        void spend();
    }
}
