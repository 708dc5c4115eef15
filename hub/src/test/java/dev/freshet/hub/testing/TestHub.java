package dev.freshet.hub.testing;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.Hub;
import dev.freshet.hub.HubConfig;
import dev.freshet.hub.HubSources;
import dev.freshet.hub.fanout.Lane;
import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.log.memory.MemoryLog;
import dev.freshet.hub.log.memory.MemoryLogOptions;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A hub in memory whose time and lanes are in the test's hand; its ids are {@code test-1}, {@code test-2} and so on. Nothing
 * moves until {@link #run}. Confined to the test's thread.
 */
public final class TestHub {
    /** The epoch of every such hub. */
    public static final String EPOCH = "test";

    private final ManualClock clock = new ManualClock();
    private final RecordingObserver observer = new RecordingObserver();
    private final List<ManualLane> executors = new ArrayList<>();
    private final List<RecordingSink> sinks = new ArrayList<>();
    private final Hub hub;

    private TestHub(HubConfig config, int lanes, UnaryOperator<EventLog> around) {
        EventLog log = around.apply(new MemoryLog(EPOCH, MemoryLogOptions.DEFAULT, clock, observer));
        for (int i = 0; i < lanes; i++) {
            executors.add(new ManualLane(clock));
        }
        HubSources sources = new HubSources(clock, clock, () -> new Random(1), observer);
        hub = new Hub(config, log, executors, sources);
        run();
    }

    /**
     * Starts a hub with one lane and the usual limits.
     *
     * @return the hub
     */
    public static TestHub start() {
        return start(HubConfig.DEFAULT, 1);
    }

    /**
     * Starts a hub.
     *
     * @param config its limits
     * @param lanes how many lanes
     * @return the hub
     */
    public static TestHub start(HubConfig config, int lanes) {
        return new TestHub(config, lanes, log -> log);
    }

    /**
     * Starts a hub with one lane on a log of the test's own.
     *
     * @param maxEvents the most events in the window
     * @param around makes the log out of the one in memory
     * @return the hub
     */
    public static TestHub onLog(int maxEvents, UnaryOperator<EventLog> around) {
        WindowLimits window = new WindowLimits(maxEvents, 1 << 20, 1 << 16);
        return new TestHub(new HubConfig(window, LaneOptions.DEFAULT), 1, around);
    }

    /**
     * Starts a hub with one lane and a small window.
     *
     * @param maxEvents the most events that it retains
     * @return the hub
     */
    public static TestHub retaining(int maxEvents) {
        return start(new HubConfig(new WindowLimits(maxEvents, 1 << 20, 1 << 16), LaneOptions.DEFAULT), 1);
    }

    /**
     * Publishes a public event.
     *
     * @param topic its topic
     * @param data its data
     * @return its id
     */
    public String publish(String topic, String data) {
        return publish(Publication.of(new Topic(topic), ServerSentEvent.of(data)));
    }

    /**
     * Publishes an event to several topics.
     *
     * @param topics its topics
     * @param data its data
     * @param isPrivate true if it takes a grant to read it
     * @return its id
     */
    public String publish(List<String> topics, String data, boolean isPrivate) {
        List<Topic> names = topics.stream().map(Topic::new).toList();
        return publish(new Publication(ServerSentEvent.of(data), names, isPrivate));
    }

    /**
     * Publishes an event that brings its id.
     *
     * @param topic its topic
     * @param id its id
     * @param data its data
     */
    public void publishAs(String topic, String id, String data) {
        publish(Publication.of(new Topic(topic), ServerSentEvent.of(data).withId(id)));
    }

    /**
     * Publishes.
     *
     * @param publication what
     * @return its id
     */
    public String publish(Publication publication) {
        return hub.publish(publication).join().ids().get(0);
    }

    /**
     * Publishes several events at once.
     *
     * @param topic the topic of all
     * @param data the data of each
     * @return their ids
     */
    public List<String> publishBatch(String topic, String... data) {
        List<Publication> publications = Stream.of(data)
                .map(each -> Publication.of(new Topic(topic), ServerSentEvent.of(each)))
                .toList();
        return hub.publish(new Batch(publications, Optional.empty())).join().ids();
    }

    /**
     * Subscribes on the first lane with a sink that takes everything.
     *
     * @param asked what to ask for
     * @return the sink
     */
    public RecordingSink subscribe(SubscriptionBuilder asked) {
        return subscribe(0, asked);
    }

    /**
     * Subscribes with a sink that takes everything.
     *
     * @param lane the number of the lane
     * @param asked what to ask for
     * @return the sink
     */
    public RecordingSink subscribe(int lane, SubscriptionBuilder asked) {
        return subscribe(lane, asked, new RecordingSink(asked.build().framing()));
    }

    /**
     * Subscribes.
     *
     * @param lane the number of the lane
     * @param asked what to ask for
     * @param sink where to; of the same framing
     * @return the sink
     */
    public RecordingSink subscribe(int lane, SubscriptionBuilder asked, RecordingSink sink) {
        sinks.add(sink);
        lane(lane).subscribe(asked.build(), sink);
        return sink;
    }

    /** Runs all lanes until they come to rest. */
    public void run() {
        int ran;
        do {
            ran = executors.stream().mapToInt(ManualLane::runAll).sum();
        } while (ran > 0);
    }

    /**
     * Lets time pass, in small steps, and the lanes run after each.
     *
     * @param time how much
     */
    public void pass(Duration time) {
        Duration step = Duration.ofMillis(100);
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(step)) {
            clock.advance(left.compareTo(step) < 0 ? left : step);
            run();
        }
    }

    /**
     * Returns the hub.
     *
     * @return what is tested
     */
    public Hub hub() {
        return hub;
    }

    /**
     * Returns a lane.
     *
     * @param number its number
     * @return the lane
     */
    public Lane lane(int number) {
        return hub.lanes().get(number);
    }

    /**
     * Returns what runs a lane.
     *
     * @param number the lane's number
     * @return its executor
     */
    public ManualLane executor(int number) {
        return executors.get(number);
    }

    /**
     * Returns the time.
     *
     * @return the clock of everything
     */
    public ManualClock clock() {
        return clock;
    }

    /**
     * Returns what the hub told.
     *
     * @return the observer
     */
    public RecordingObserver observer() {
        return observer;
    }

    /**
     * Returns all sinks that were ever subscribed.
     *
     * @return the sinks, in order
     */
    public List<RecordingSink> sinks() {
        return List.copyOf(sinks);
    }
}
