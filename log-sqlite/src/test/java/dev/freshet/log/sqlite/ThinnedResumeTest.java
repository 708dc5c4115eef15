package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.log.durable.TopicRule;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resume in a log that keeps the newest event of each of some topics. */
class ThinnedResumeTest {
    private static final List<String> TOPICS = List.of("orders/1", "orders/2", "orders/3", "x", "y");
    private static final String END = "end";

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Logged> log = new ArrayList<>();

    @TempDir
    private Path directory;

    private DurableHub hub;

    @BeforeEach
    void open() throws IOException {
        TopicRule rule = new TopicRule(TopicSelector.parse("orders/{id}"), OptionalInt.of(1), Optional.empty());
        hub = DurableHub.on(
                directory, new Retention(Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), List.of(rule)));
    }

    @AfterEach
    void close() {
        hub.close();
        assertThat(hub.observer.failures()).isEmpty();
    }

    /** The rule had removed nothing of its topic; yet it was told so each time that it came back. */
    @Test
    void whoWasToldOfAGapIsNotToldAgain() {
        hub.publish("orders/9", "nine");
        String newest = hub.publish("orders/9", "nine again");
        hub.publishNumbers("orders/1", 1, 40);
        hub.settle(() -> hub.info().events() == 2);

        RecordingSink first = hub.subscribe(SubscriptionBuilder.to("orders/9").after(newest));
        await().until(() -> hub.data(first).size() == 1);
        assertThat(hub.data(first).get(0)).endsWith("\"requested\":\"" + newest + "\",\"earliest\":null}");
        String behind = hub.look(first, RecordingSink::lastEventId);
        hub.publish("orders/9", "nine at last");
        RecordingSink again = hub.subscribe(SubscriptionBuilder.to("orders/9").after(behind));

        await().until(() -> hub.data(again).contains("nine at last"));
        assertThat(hub.data(again)).containsExactly("nine at last");
    }

    /** From every place, with one topic, several and a template: what is left is sent, also to who comes back behind the gap. */
    @Test
    void noGapLeadsPastAnEventThatIsLeft() {
        System.out.println("ThinnedResumeTest: -Dseed=" + seed);
        IntStream.range(0, 60).forEach(i -> publish("" + i, someTopics()));
        publish(END, TOPICS);
        hub.settle(
                () -> hub.info().events() == log.stream().filter(this::isLeft).count());
        int gaps = 0;
        for (int from = 0; from < 60; from++) {
            gaps += checkResume(from, List.of(TOPICS.get(random.nextInt(5))));
            gaps += checkResume(from, List.of(TOPICS.get(random.nextInt(5)), TOPICS.get(random.nextInt(5))));
            gaps += checkResume(from, List.of("orders/{id}", TOPICS.get(random.nextInt(5))));
        }

        assertThat(gaps).isPositive();
    }

    /** Returns 1 if there was a gap. */
    private int checkResume(int from, List<String> selectors) {
        List<ServerSentEvent> events = resume(log.get(from).id(), selectors);
        checkData(events, from, selectors);
        ServerSentEvent gap = events.get(0);
        if (!isGap(gap)) {
            return 0;
        }
        ServerSentEvent first = events.get(1);
        assertThat(gap.data()).endsWith("\"earliest\":\"" + first.id().orElseThrow() + "\"}");
        checkData(resume(gap.id().orElseThrow(), selectors), placeOf(first) - 1, selectors);
        return 1;
    }

    /** All that is left was sent, and of what is in the window nothing or more; all in order and once. */
    private void checkData(List<ServerSentEvent> events, int from, List<String> selectors) {
        List<String> data = data(events);
        assertThat(data).as("%s after %d", selectors, from).containsSubsequence(left(from, selectors));
        assertThat(wanted(from, selectors)).as("%s after %d", selectors, from).containsSubsequence(data);
    }

    private int placeOf(ServerSentEvent event) {
        return log.stream()
                .filter(logged -> logged.id().equals(event.id().orElseThrow()))
                .findFirst()
                .orElseThrow()
                .place();
    }

    /** Who begins within the window is sent all of it, also what is gone from the disk. */
    private List<String> left(int from, List<String> selectors) {
        boolean isInWindow = from + 1 >= log.size() - DurableHub.WINDOW;
        return log.subList(from + 1, log.size()).stream()
                .filter(event -> isWanted(event, selectors) && (isInWindow || isFound(event, selectors)))
                .map(Logged::data)
                .toList();
    }

    private List<String> wanted(int from, List<String> selectors) {
        return log.subList(from + 1, log.size()).stream()
                .filter(event -> isWanted(event, selectors))
                .map(Logged::data)
                .toList();
    }

    private List<ServerSentEvent> resume(String id, List<String> selectors) {
        RecordingSink sink = hub.subscribe(
                SubscriptionBuilder.to(selectors.toArray(String[]::new)).after(id));
        await().pollInterval(Duration.ofMillis(2)).until(() -> hub.data(sink).contains(END));
        return hub.look(sink, RecordingSink::events);
    }

    private void publish(String data, List<String> topics) {
        List<Topic> names = topics.stream().map(Topic::new).toList();
        String id = hub.publish(new Publication(ServerSentEvent.of(data), names, false));
        log.add(new Logged(log.size(), id, topics, data));
    }

    private List<String> someTopics() {
        Set<String> some = new LinkedHashSet<>();
        IntStream.rangeClosed(0, random.nextInt(2)).forEach(i -> some.add(TOPICS.get(random.nextInt(5))));
        return List.copyOf(some);
    }

    private static boolean isWanted(Logged event, List<String> selectors) {
        return event.topics().stream().anyMatch(topic -> isSelected(topic, selectors));
    }

    private static boolean isSelected(String topic, List<String> selectors) {
        return selectors.contains(topic) || hasTemplate(selectors) && topic.startsWith("orders/");
    }

    private static boolean hasTemplate(List<String> selectors) {
        return selectors.contains("orders/{id}");
    }

    /** A reader of a topic no longer finds an event that the topic has let go; a reader of templates does until all have. */
    private boolean isFound(Logged event, List<String> selectors) {
        return event.topics().stream()
                .filter(topic -> hasTemplate(selectors) || isSelected(topic, selectors))
                .anyMatch(topic -> isKept(event, topic));
    }

    private boolean isLeft(Logged event) {
        return event.topics().stream().anyMatch(topic -> isKept(event, topic));
    }

    private boolean isKept(Logged event, String topic) {
        return !topic.startsWith("orders/") || newest(topic) == event.place();
    }

    private int newest(String topic) {
        return log.stream()
                .filter(event -> event.topics().contains(topic))
                .mapToInt(Logged::place)
                .max()
                .orElseThrow();
    }

    private static List<String> data(List<ServerSentEvent> events) {
        return events.stream()
                .filter(event -> !isGap(event))
                .map(ServerSentEvent::data)
                .toList();
    }

    private static boolean isGap(ServerSentEvent event) {
        return event.type().equals("gap");
    }

    private record Logged(int place, String id, List<String> topics, String data) {}
}
