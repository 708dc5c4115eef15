package dev.freshet.hub;

import dev.freshet.hub.fanout.Lane;
import dev.freshet.hub.fanout.setup.LaneContext;
import dev.freshet.hub.fanout.setup.LaneExecutor;
import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.durable.DurableLog;
import dev.freshet.hub.log.durable.History;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.publication.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Publish and subscribe on one log. Thread-safe.
 *
 * <pre>
 *   publish -> EventLog -> Window -> wake -> Lane (sweep, catch-up) -> SubscriberSink
 * </pre>
 */
public final class Hub {
    private final EventLog log;
    private volatile List<Lane> lanes = List.of();

    /**
     * Creates a hub and starts its log and lanes.
     *
     * @param config its limits
     * @param log where the events live; owned by the hub from now on
     * @param executors the thread of each lane; they outlive the hub
     * @param sources time, chance and who is told
     */
    public Hub(HubConfig config, EventLog log, List<? extends LaneExecutor> executors, HubSources sources) {
        this.log = log;
        Window window = new Window(config.window(), config.encoding());
        log.start(window, this::wakeLanes);
        Optional<History> history =
                log instanceof DurableLog durable ? Optional.of(durable.history()) : Optional.empty();
        List<Lane> made = new ArrayList<>();
        for (LaneExecutor executor : executors) {
            LaneContext context = new LaneContext(
                    log,
                    window,
                    history,
                    sources.nanoTime(),
                    sources.clock(),
                    sources.random().get(),
                    sources.observer());
            made.add(new Lane(made.size(), executor, config.lanes(), context));
        }
        this.lanes = List.copyOf(made);
        this.lanes.forEach(lane -> lane.execute(lane::start));
        wakeLanes();
    }

    /**
     * Publishes one event.
     *
     * @param publication the event and its topics
     * @return as {@link #publish(Batch)}
     */
    public CompletableFuture<Receipt> publish(Publication publication) {
        return publish(Batch.of(publication));
    }

    /**
     * Publishes a batch as a whole and in order, or not at all. Never blocks.
     *
     * @param batch the batch
     * @return completes when the batch is in the log for good, perhaps at once; exceptionally with
     *     {@link AppendRefusedException} if nothing of it was appended
     */
    public CompletableFuture<Receipt> publish(Batch batch) {
        return log.append(batch);
    }

    /**
     * Returns the lanes, by number. A connection subscribes on the lane whose thread serves it.
     *
     * @return at least one
     */
    public List<Lane> lanes() {
        return lanes;
    }

    /**
     * Tells whether the log can append now.
     *
     * @return true if a publish is likely to succeed
     */
    public boolean isReady() {
        return log.isUsable();
    }

    /**
     * Ends all streams in good order and closes the log. Publishes accepted before complete.
     *
     * @param spread clients are asked to reconnect after up to so much more than the usual time, so that they do not all
     *     come back at once
     * @return completes when every stream was told to end, and a durable log has let go of its storage
     */
    public CompletableFuture<Void> close(Duration spread) {
        log.close();
        List<CompletableFuture<Void>> ended = new ArrayList<>();
        lanes.forEach(lane -> ended.add(CompletableFuture.runAsync(() -> lane.endAll(spread), lane::execute)));
        if (log instanceof DurableLog durable) {
            ended.add(durable.closed());
        }
        return CompletableFuture.allOf(ended.toArray(CompletableFuture[]::new));
    }

    /** What a log appends before there are lanes finds none to wake; so they are woken when all are made. */
    private void wakeLanes() {
        lanes.forEach(Lane::wake);
    }
}
