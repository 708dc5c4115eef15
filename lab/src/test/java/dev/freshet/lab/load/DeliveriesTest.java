package dev.freshet.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private final Deliveries deliveries = new Deliveries(true);
    private int next;

    @Test
    void theFirstEventMayHaveAnyNumber() {
        get(7, 8, 9);

        assertThat(deliveries.delivered()).isEqualTo(3);
        assertThat(deliveries.lost()).isZero();
    }

    @Test
    void aHoleIsALossAndIsNotOwedAnyMore() {
        deliveries.onPublished(5);
        get(1, 2, 5);

        assertThat(deliveries.lost()).isEqualTo(2);
        assertThat(deliveries.owed()).isZero();
    }

    @Test
    void theSameNumberAgainIsADouble() {
        get(1, 2, 2, 3);

        assertThat(deliveries.doubled()).isEqualTo(1);
        assertThat(deliveries.delivered()).isEqualTo(3);
    }

    @Test
    void anOlderNumberIsOutOfOrder() {
        get(1, 2, 3, 1);

        assertThat(deliveries.disordered()).isEqualTo(1);
    }

    @Test
    void withSeveralPublishersOfATopicNumbersMeanNothing() {
        Deliveries unordered = new Deliveries(false);
        unordered.onDelivery(5, 3, 0, 0);
        unordered.onDelivery(5, 9, 0, 0);

        assertThat(unordered.delivered()).isEqualTo(2);
        assertThat(unordered.lost() + unordered.disordered()).isZero();
    }

    @Test
    void onlyEventsOfTheMeasurementHaveALatency() {
        deliveries.countFrom(1_000_000);
        deliveries.onDelivery(0, 1, 999_999, 1_500_000);
        deliveries.onDelivery(2, 2, 1_000_000, 3_000_000);

        assertThat(deliveries.latencies().getTotalCount()).isEqualTo(1);
        assertThat(deliveries.latencies().getMaxValue()).isBetween(1_980_000L, 2_020_000L);
    }

    private void get(int... numbers) {
        for (int number : numbers) {
            next = deliveries.onDelivery(next, number, 0, 0);
        }
    }
}
