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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Who asked for a topic, among 100,000 topics and 1,000 templates. Expected: at most 1 us, for a walk of a few nodes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SelectorIndexBenchmark {
    private static final int TOPICS = 100_000;
    private static final int TEMPLATES = 1000;

    private final SelectorIndex<Integer> index = new SelectorIndex<>();
    private final Topic[] asked = new Topic[1024];
    private int next;

    /** Fills the index. */
    public SelectorIndexBenchmark() {
        for (int i = 0; i < TOPICS; i++) {
            index.add(TopicSelector.parse("shop" + i % TEMPLATES + "/orders/" + i), i);
        }
        for (int i = 0; i < TEMPLATES; i++) {
            index.add(TopicSelector.parse("shop" + i + "/orders/{id}"), -i);
        }
        for (int i = 0; i < asked.length; i++) {
            int number = i * 97 % TOPICS;
            asked[i] = new Topic("shop" + number % TEMPLATES + "/orders/" + number);
        }
    }

    /**
     * Finds the two that asked for a topic.
     *
     * @param found takes them
     */
    @Benchmark
    public void match(Blackhole found) {
        index.match(asked[next++ & asked.length - 1], found::consume);
    }
}
