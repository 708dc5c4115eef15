package dev.freshet.examples;

import dev.freshet.client.EventSource;
import dev.freshet.client.EventStream;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.StreamOptions;
import dev.freshet.client.publish.Publication;
import dev.freshet.client.publish.Publisher;
import dev.freshet.client.publish.PublisherOptions;
import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.codec.ServerSentEvent;
import java.net.URI;
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

    static void read(URI stream, Consumer<String> onWord) {
        StreamOptions options = StreamOptions.of(stream).withRetry(RetryPolicy.RESILIENT.withMaxAttempts(10));
        try (EventStream events = EventSource.read(options)) {
            events.messages()
                    .takeWhile(message -> !message.type().equals(DONE))
                    .map(Message::data)
                    .forEach(onWord);
        }
    }
}
