package dev.freshet.examples;

import dev.freshet.client.EventSource;
import dev.freshet.client.EventStream;
import dev.freshet.client.StreamEvent;
import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Gap;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.StreamOptions;
import dev.freshet.client.publish.Publication;
import dev.freshet.client.publish.Publisher;
import dev.freshet.client.publish.PublisherOptions;
import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.codec.ServerSentEvent;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The answer of a language model, word by word: whoever reads it prints each word once, although connections break, and
 * knows when it is complete.
 */
public final class TokenStream {

    private static final String DONE = "done";

    private TokenStream() {}

    /**
     * Writes an answer to a topic of its own and reads it.
     *
     * @param arguments the hub's address; http://localhost:8080 if there is none
     */
    public static void main(String[] arguments) {
        URI hub = URI.create(arguments.length > 0 ? arguments[0] : "http://localhost:8080");
        String topic = "answers/" + UUID.randomUUID();
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(() -> write(hub, topic, List.of("Every", "event", "comes", "once.")));
        // From the beginning, whoever was first.
        read(hub.resolve("/events/" + topic + "?last=1000"), word -> System.out.print(word + " "));
        System.out.println();
        writing.join();
    }

    static void write(URI hub, String topic, List<String> words) {
        try (Publisher publisher = Publisher.open(PublisherOptions.of(hub))) {
            words.forEach(word -> publisher.publish(Publication.of(topic, word)).join());
            publisher
                    .publish(Publication.of(topic, ServerSentEvent.of(DONE, "")))
                    .join();
        }
    }

    /**
     * Reads an answer to its end.
     *
     * @throws IllegalStateException if the stream ends, or words are missing, before the answer says that it is complete
     */
    static void read(URI stream, Consumer<String> onWord) {
        StreamOptions options = StreamOptions.of(stream).withRetry(RetryPolicy.RESILIENT.withMaxAttempts(10));
        try (EventStream events = EventSource.read(options)) {
            Iterator<StreamEvent> all = events.iterator();
            boolean isDone = false;
            while (!isDone) {
                isDone = take(all.next(), onWord);
            }
        }
    }

    /** Whether the answer is complete. */
    private static boolean take(StreamEvent event, Consumer<String> onWord) {
        if (event instanceof Gap gap) {
            throw new IllegalStateException("words are missing: " + gap.reason());
        }
        if (event instanceof Closed closed && closed.reconnectsIn().isEmpty()) {
            throw new IllegalStateException("the answer is not complete: " + closed.reason());
        }
        boolean isDone = event instanceof Message message && message.type().equals(DONE);
        if (event instanceof Message message && !isDone) {
            onWord.accept(message.data());
        }
        return isDone;
    }
}
