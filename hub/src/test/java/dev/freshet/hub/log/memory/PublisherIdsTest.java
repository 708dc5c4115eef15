package dev.freshet.hub.log.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublisherIdsTest {
    private final PublisherIds ids = new PublisherIds();

    @Test
    void findsTheFirstPlace() {
        ids.add("a", 3);
        ids.add("a", 7);

        assertThat(ids.offsetOf("a", 1)).hasValue(3);
        assertThat(ids.offsetOf("a", 3)).hasValue(3);
        assertThat(ids.offsetOf("a", 4)).isEmpty();
        assertThat(ids.offsetOf("b", 1)).isEmpty();
    }

    @Test
    void doesNotGuessOnceTheFirstPlaceIsGoneEvenIfTheIdIsUsedAgain() {
        ids.add("a", 3);
        ids.add("a", 7);
        ids.forgetBefore(5);
        ids.add("a", 9);

        assertThat(ids.offsetOf("a", 5)).isEmpty();
    }

    @Test
    void beginsAnewWhenAllPlacesAreGone() {
        ids.add("a", 3);
        ids.forgetBefore(4);
        ids.add("a", 9);

        assertThat(ids.offsetOf("a", 4)).hasValue(9);
    }

    @Test
    void takesBackWhatWasNotAppendedAfterAll() {
        ids.add("a", 3);
        ids.add("a", 7);
        ids.add("b", 8);
        ids.takeBack(7);

        assertThat(ids.offsetOf("a", 1)).hasValue(3);
        assertThat(ids.offsetOf("b", 1)).isEmpty();
    }

    /** It kept the place that was taken back as the newest one, and so the id for ever: a leak for each refused batch. */
    @Test
    void forgetsAnIdWhoseLaterUseWasTakenBack() {
        ids.add("a", 3);
        ids.add("a", 7);
        ids.takeBack(7);
        ids.forgetBefore(4);

        assertThat(ids.isEmpty()).isTrue();
    }

    @Test
    void agreesWithAListOfAllPlaces() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("PublisherIdsTest: -Dseed=" + seed);
        Random random = new Random(seed);
        Map<String, List<Long>> places = new HashMap<>();
        long earliest = 1;
        for (long offset = 1; offset < 5_000; offset++) {
            String id = "id" + random.nextInt(40);
            long from = earliest;
            places.values().removeIf(used -> used.get(used.size() - 1) < from);
            places.computeIfAbsent(id, key -> new ArrayList<>()).add(offset);
            ids.forgetBefore(earliest);
            ids.add(id, offset);
            String asked = "id" + random.nextInt(45);
            OptionalLong expected = places.getOrDefault(asked, List.of()).stream()
                    .mapToLong(Long::longValue)
                    .limit(1)
                    .filter(first -> first >= from)
                    .findFirst();
            assertThat(ids.offsetOf(asked, earliest)).isEqualTo(expected);
            earliest = Math.max(earliest, offset - random.nextInt(60));
        }
    }
}
