package dev.freshet.examples;

import dev.freshet.client.EventSource;
import dev.freshet.client.StreamEvent;
import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Gap;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.StreamOptions;
import dev.freshet.client.retry.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Readings of many instruments, of which the newest of each is shown. Try it:
 *
 * <pre>
 * while :; do cut -d' ' -f1 /proc/loadavg | curl -s -d @- 'localhost:8080/events/readings/load?type=load'; sleep 1; done
 * </pre>
 */
public final class Dashboard implements Flow.Subscriber<StreamEvent> {

    private final Map<String, String> newest = new TreeMap<>();
    private final Consumer<String> screen;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    /**
     * A dashboard that shows nothing yet.
     *
     * @param screen takes each line that is shown
     */
    public Dashboard(Consumer<String> screen) {
        this.screen = screen;
    }

    /**
     * Shows all readings until the hub refuses.
     *
     * @param arguments the hub's address; http://localhost:8080 if there is none
     */
    public static void main(String[] arguments) {
        URI hub = URI.create(arguments.length > 0 ? arguments[0] : "http://localhost:8080");
        Dashboard dashboard = new Dashboard(System.out::println);
        dashboard.follow(hub.resolve("/events/readings/%7Bname%7D?last=100"));
        // The client's threads do not keep a program alive.
        dashboard.end.join();
    }

    void follow(URI stream) {
        StreamOptions options =
                StreamOptions.of(stream).withRetry(RetryPolicy.RESILIENT).withStallTimeout(Duration.ofSeconds(40));
        EventSource.publisher(options).subscribe(this);
    }

    /**
     * Completes when nothing comes any more.
     *
     * @return never fails
     */
    public CompletableFuture<Void> end() {
        return end.copy();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(StreamEvent event) {
        if (event instanceof Message reading) {
            newest.put(reading.type(), reading.data());
            screen.accept(newest.toString());
        } else if (event instanceof Gap gap) {
            screen.accept("some readings are missing: " + gap.reason());
        } else if (event instanceof Closed closed) {
            screen.accept("not up to date: " + closed.reason());
        }
        if (subscription != null) {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(null);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
