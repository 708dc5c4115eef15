package dev.freshet.hub.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectorIndexTest {
    private static final String[] PIECES = {"a", "b", "ab", "aa", "/", "a/", "x", "\ud83d\ude00", "{v}", "{+w}", "{/y}"
    };

    private final SelectorIndex<String> index = new SelectorIndex<>();

    @Test
    void findsEveryKindOfSelector() {
        add("orders/1", "exact");
        add("orders/{id}", "template");
        add("*", "all");

        assertThat(match("orders/1")).containsExactlyInAnyOrder("exact", "template", "all");
        assertThat(match("orders/2")).containsExactlyInAnyOrder("template", "all");
        assertThat(match("x")).containsExactly("all");
    }

    @Test
    void findsAValueOncePerSelectorThatMatches() {
        add("a", "v");
        add("{x}", "v");
        add("*", "v");
        add("*", "v");

        assertThat(match("a")).containsExactly("v", "v", "v");
    }

    @Test
    void findsTheHubsOwnTopicsByNameAlone() {
        add("$subscriber/1", "exact");
        add("$subscriber/{id}", "template");
        add("{+any}", "any");
        add("*", "all");

        assertThat(match("$subscriber/1")).containsExactly("exact");
    }

    @Test
    void removesOneOfSeveralValues() {
        for (String selector : List.of("a", "{x}", "*")) {
            add(selector, "one");
            add(selector, "two");
            add(selector, "three");
            remove(selector, "two");
            remove(selector, "never there");
        }
        assertThat(match("a")).hasSize(6).containsOnly("one", "three");
    }

    @Test
    void isEmptyAgainWhenAllAreRemoved() {
        List<String> selectors = List.of("a", "ab/{x}", "a{x}", "abc{x}", "abd{+x}", "{x}", "*");
        selectors.forEach(selector -> add(selector, "v"));
        assertThat(index.isEmpty()).isFalse();
        selectors.forEach(selector -> remove(selector, "v"));

        assertThat(index.isEmpty()).isTrue();
        selectors.forEach(selector -> remove(selector, "v"));
        assertThat(index.isEmpty()).isTrue();
    }

    @Test
    void aRemovalThatFindsNothingChangesNothing() {
        add("ab{x}", "v");
        remove("a{x}", "v");
        remove("abc{x}", "v");
        remove("ab{y}", "v");
        remove("ab{x}", "w");
        remove("*", "v");
        remove("ab", "v");

        assertThat(match("ab1")).containsExactly("v");
    }

    @Test
    void agreesWithLookingAtEverySelector() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("SelectorIndexTest: -Dseed=" + seed);
        Random random = new Random(seed);
        Map<TopicSelector, Set<String>> oracle = new HashMap<>();
        int found = 0;
        for (int step = 0; step < 30_000; step++) {
            TopicSelector selector = selector(random);
            String value = "v" + random.nextInt(4);
            boolean shrinks = step / 2000 % 3 == 2;
            if (random.nextInt(10) < (shrinks ? 2 : 7)) {
                index.add(selector, value);
                oracle.computeIfAbsent(selector, key -> new LinkedHashSet<>()).add(value);
            } else {
                TopicSelector gone = oracle.isEmpty() || random.nextInt(10) == 0 ? selector : any(random, oracle);
                index.remove(gone, value);
                oracle.computeIfPresent(
                        gone, (key, values) -> values.remove(value) && values.isEmpty() ? null : values);
            }
            found += compare(topic(random), oracle);
        }
        assertThat(found).isGreaterThan(10_000);
        oracle.forEach((selector, values) -> values.forEach(value -> index.remove(selector, value)));
        assertThat(index.isEmpty()).isTrue();
    }

    private int compare(Topic topic, Map<TopicSelector, Set<String>> oracle) {
        List<String> expected = new ArrayList<>();
        oracle.forEach((selector, values) -> {
            if (selector.matches(topic)) {
                expected.addAll(values);
            }
        });
        List<String> actual = match(topic.name());
        assertThat(actual.stream().sorted())
                .describedAs("%s", topic)
                .isEqualTo(expected.stream().sorted().toList());
        return actual.size();
    }

    private static TopicSelector any(Random random, Map<TopicSelector, Set<String>> oracle) {
        List<TopicSelector> all = List.copyOf(oracle.keySet());
        return all.get(random.nextInt(all.size()));
    }

    private static TopicSelector selector(Random random) {
        return random.nextInt(20) == 0 ? new TopicSelector.All() : TopicSelector.parse(text(random, PIECES.length));
    }

    private static Topic topic(Random random) {
        return new Topic((random.nextInt(30) == 0 ? "$" : "") + text(random, 8));
    }

    private static String text(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i <= random.nextInt(4); i++) {
            text.append(PIECES[random.nextInt(pieces)]);
        }
        return text.toString();
    }

    private void add(String selector, String value) {
        index.add(TopicSelector.parse(selector), value);
    }

    private void remove(String selector, String value) {
        index.remove(TopicSelector.parse(selector), value);
    }

    private List<String> match(String topic) {
        List<String> found = new ArrayList<>();
        index.match(new Topic(topic), found::add);
        return found;
    }
}
