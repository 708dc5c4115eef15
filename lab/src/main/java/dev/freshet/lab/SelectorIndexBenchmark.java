package dev.freshet.lab;

import dev.freshet.hub.topic.SelectorIndex;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Who asked for a topic, among many topics and 1,000 templates. Expected: at most 1 us, for a walk of a few nodes; adding and
 * removing cost the same with 100,000 topics as with 1,000, but for the misses of the processor's caches.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SelectorIndexBenchmark {
    private static final int TEMPLATES = 1000;
    private static final int ASKED = 1024;

    /** Exact selectors in the index. */
    @Param({"1000", "100000"})
    public int topics;

    private final SelectorIndex<Integer> index = new SelectorIndex<>();
    private final Topic[] asked = new Topic[ASKED];
    private final TopicSelector[] exact = new TopicSelector[ASKED];
    private final TopicSelector[] templates = new TopicSelector[ASKED];
    private int next;

    /** Creates an empty index. */
    public SelectorIndexBenchmark() {}

    /** Fills the index. */
    @Setup
    public void fill() {
        for (int i = 0; i < topics; i++) {
            index.add(TopicSelector.parse(name(i)), i);
        }
        for (int i = 0; i < TEMPLATES; i++) {
            index.add(TopicSelector.parse("shop" + i + "/orders/{id}"), -i);
        }
        for (int i = 0; i < ASKED; i++) {
            asked[i] = new Topic(name((int) (i * 97L % topics)));
            exact[i] = TopicSelector.parse(name(topics + i));
            templates[i] = TopicSelector.parse("shop" + i + "/bills/{id}");
        }
    }

    /**
     * Finds the two that asked for a topic.
     *
     * @param found takes them
     */
    @Benchmark
    public void match(Blackhole found) {
        index.match(asked[next++ & ASKED - 1], found::consume);
    }

    /** Adds one more exact selector, and removes it. */
    @Benchmark
    public void addAndRemoveExact() {
        addAndRemove(exact[next++ & ASKED - 1]);
    }

    /** Adds one more template, and removes it. */
    @Benchmark
    public void addAndRemoveTemplate() {
        addAndRemove(templates[next++ & ASKED - 1]);
    }

    private void addAndRemove(TopicSelector selector) {
        index.add(selector, -1);
        index.remove(selector, -1);
    }

    private static String name(int number) {
        return "shop" + number % TEMPLATES + "/orders/" + number;
    }
}
