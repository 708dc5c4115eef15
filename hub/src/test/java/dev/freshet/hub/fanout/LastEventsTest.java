package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.testing.TestHub;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code last} against a walk over everything: events of several topics, private ones, a window that moves. */
class LastEventsTest extends HubCase {
    private static final String[] TOPICS = {"a", "b", "c/1", "c/2", "d"};

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Event> log = new ArrayList<>();

    @Test
    void agreesWithAWalkOverEverything() {
        System.out.println("LastEventsTest: -Dseed=" + seed);
        for (int round = 0; round < 20; round++) {
            int retained = 1 + random.nextInt(60);
            hub = TestHub.retaining(retained);
            log.clear();
            for (int i = 0; i < 60; i++) {
                publish();
                ask(retained);
            }
        }
    }

    /** A thousand templates over a full window held a lane for half a minute, for one request. */
    @Test
    void looksLessFarBackForManyTemplates() {
        String[] many = IntStream.range(0, 1000)
                .mapToObj(i -> i == 0 ? "wanted/{id}" : "{a}" + i)
                .toArray(String[]::new);
        hub.publish(List.of("wanted/1"), "old", false);
        IntStream.range(0, 300).forEach(i -> hub.publish(List.of("other"), "-", false));
        hub.publish(List.of("wanted/2"), "new", false);
        hub.run();

        assertThat(subscribe(SubscriptionBuilder.to("wanted/{id}").last(2)).data())
                .containsExactly("old", "new");
        assertThat(subscribe(SubscriptionBuilder.to(many).last(2)).data()).containsExactly("new");
        assertThat(subscribe(SubscriptionBuilder.to(many).after("test-0")).data())
                .as("resume misses nothing, however many")
                .containsExactly("old", "new");
    }

    /** To follow each of a hundred topics through the same events kept a lane for 200 ms. */
    @Test
    void findsTheSameWhereEachEventHasAllTopics() {
        List<String> all = IntStream.range(0, 100).mapToObj(i -> "t/" + i).toList();
        hub.publish(List.of("t/7"), "old", false);
        IntStream.range(0, 4000).forEach(i -> hub.publish(all, "-", true));
        hub.run();

        assertThat(subscribe(SubscriptionBuilder.to(all.toArray(String[]::new)).last(2))
                        .data())
                .containsExactly("old");
    }

    private void publish() {
        int count = 1 + random.nextInt(3);
        Set<String> topics = new HashSet<>();
        IntStream.range(0, count).forEach(i -> topics.add(TOPICS[random.nextInt(TOPICS.length)]));
        Event event = new Event(topics, random.nextInt(4) == 0, "" + log.size());
        hub.publish(List.copyOf(topics), event.data, event.isPrivate);
        hub.run();
        log.add(event);
    }

    private void ask(int retained) {
        boolean isExact = random.nextBoolean();
        String[] selectors = isExact
                ? new String[] {TOPICS[random.nextInt(5)], TOPICS[random.nextInt(5)]}
                : new String[] {"c/{x}", TOPICS[random.nextInt(5)]};
        String granted = TOPICS[random.nextInt(5)];
        int count = random.nextInt(8);
        RecordingSink sink =
                subscribe(SubscriptionBuilder.to(selectors).granted(granted).last(count));

        assertThat(sink.data()).isEqualTo(expected(retained, List.of(selectors), granted, count));
        sink.close(EndReason.CLIENT_CLOSED);
    }

    private List<String> expected(int retained, List<String> selectors, String granted, int count) {
        List<String> readable = log.subList(Math.max(0, log.size() - retained), log.size()).stream()
                .filter(event -> !event.isPrivate || event.topics.contains(granted))
                .filter(event -> event.topics.stream()
                        .anyMatch(topic ->
                                selectors.contains(topic) || selectors.contains("c/{x}") && topic.startsWith("c/")))
                .map(Event::data)
                .toList();
        return readable.subList(Math.max(0, readable.size() - count), readable.size());
    }

    private record Event(Set<String> topics, boolean isPrivate, String data) {}
}
