package dev.freshet.system.durable.crowd;

import static org.awaitility.Awaitility.await;

import dev.freshet.client.EventHandler;
import dev.freshet.client.EventSource;
import dev.freshet.client.StreamEvent;
import dev.freshet.client.StreamOptions;
import dev.freshet.client.retry.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A subscriber who wants everything from the beginning, goes on after the last id it has seen as often as the hub is gone,
 * and says what it saw. Its events come on one thread.
 */
public final class Witness implements AutoCloseable {
    /** All topics of a load, from the first event that is there. */
    public static final String EVERYTHING = "/events?since=2000-01-01T00:00:00Z&"
            + PostForm.TOPICS.stream().map("topic="::concat).collect(Collectors.joining("&"));

    /** The same, and whatever else there is. */
    public static final String ALL_TOPICS = "/events?since=2000-01-01T00:00:00Z&topic=*";

    private static final long BETWEEN_ATTEMPTS_MS = 20;

    private final String name;
    private final CommonOrder order;
    private final AtomicInteger seen = new AtomicInteger();
    private volatile boolean isResting;
    private volatile boolean isClosed;
    private Runnable onClose = () -> {};

    private Witness(String name, CommonOrder order) {
        this.name = name;
        this.order = order;
    }

    /** With our client for Java. */
    public static Witness withClient(String name, URI stream, CommonOrder order) {
        Witness witness = new Witness(name, order);
        StreamOptions options = StreamOptions.of(stream)
                .withRetry(RetryPolicy.RESILIENT.withDelays(RetryPolicy.SHORTEST, RetryPolicy.SHORTEST));
        EventSource source = EventSource.open(options, witness.handler());
        witness.onClose = source::close;
        return witness;
    }

    /** On a plain socket, read line by line. */
    public static Witness withSocket(String name, URI stream, CommonOrder order) {
        Witness witness = new Witness(name, order);
        Thread thread = new Thread(() -> witness.follow(stream), name);
        thread.setDaemon(true);
        thread.start();
        return witness;
    }

    /** Stops reading for a while, on a socket; the connection stays. */
    public void rest(boolean begin) {
        isResting = begin;
    }

    /** Whether it saw everything, of which some event is the last. */
    public boolean sawAllTo(String label) {
        return order.endsWith(label) && seen.get() == order.size();
    }

    @Override
    public void close() {
        isClosed = true;
        onClose.run();
    }

    private EventHandler handler() {
        return new EventHandler() {
            @Override
            public void onMessage(StreamEvent.Message message) {
                onEvent(message.lastEventId(), message.data());
            }

            @Override
            public void onGap(StreamEvent.Gap gap) {
                order.onFault(name + ": " + gap);
            }
        };
    }

    private void onEvent(String id, String data) {
        String label = EventText.labelOf(data);
        if (label.startsWith(PassingNoise.LABEL)) {
            return;
        }
        if (!data.equals(EventText.of(label))) {
            order.onFault(name + ": the data of " + label + " is " + data);
        }
        order.onEvent(name, seen.getAndIncrement(), new CommonOrder.Event(id, label));
    }

    private void follow(URI stream) {
        String lastId = "";
        while (!isClosed) {
            try (PlainStream plain = PlainStream.open(stream, lastId)) {
                while (!isClosed) {
                    awaitEndOfRest();
                    PlainStream.Event event = plain.next();
                    lastId = event.id();
                    onEvent(event);
                }
            } catch (IOException e) {
                pause();
            }
        }
    }

    private void onEvent(PlainStream.Event event) {
        if (event.type().equals("gap")) {
            order.onFault(name + ": gap " + event.data());
        } else {
            onEvent(event.id(), event.data());
        }
    }

    private void awaitEndOfRest() {
        if (isResting) {
            await().forever().until(() -> !isResting || isClosed);
        }
    }

    /** A hub that is down is asked again a little later. */
    private static void pause() {
        try {
            Thread.sleep(BETWEEN_ATTEMPTS_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
