package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.HubConfig;
import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.TestHub;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicsInEventsTest extends HubCase {
    @BeforeEach
    void writeTopics() {
        hub = TestHub.start(new HubConfig(WindowLimits.DEFAULT, LaneOptions.DEFAULT, EventEncoding.WITH_TOPICS), 1);
    }

    @Test
    void anEventTellsItsTopics() {
        RecordingSink sink = subscribe(to("a"));
        hub.publish(List.of("a", "orders/42"), "both", false);
        publish("a", "one");

        assertThat(sink.text())
                .endsWith("id: test-1\ntopic: a\ntopic: orders/42\ndata: both\n\nid: test-2\ntopic: a\ndata: one\n\n");
    }

    @Test
    void whoReadsItLaterReadsTheSame() {
        RecordingSink live = subscribe(to("a"));
        publish("a", "1");
        RecordingSink later = subscribe(to("a").after("test-0"));

        assertThat(later.data()).containsExactly("1");
        assertThat(later.text()).endsWith("id: test-1\ntopic: a\ndata: 1\n\n");
        assertThat(live.text()).endsWith("id: test-1\ntopic: a\ndata: 1\n\n");
    }

    @Test
    void aPrivateEventTellsThemToThoseWhoMayReadIt() {
        RecordingSink reader = subscribe(to("a").granted("a"));
        RecordingSink other = subscribe(to("a", "b"));
        hub.publish(List.of("a", "b"), "secret", true);
        publish("a", "open");

        assertThat(reader.text()).contains("topic: a\ntopic: b\ndata: secret\n");
        assertThat(other.text()).doesNotContain("topic: b");
    }

    @Test
    void theTopicOfOneSubscriberIsNotTold() {
        RecordingSink one = subscribe(to("a").announced());
        RecordingSink other = subscribe(to("a"));
        String own = "$subscriber/" + one.subscriber().id().orElseThrow();
        hub.publish(List.of("a", own), "both", false);
        publish(own, "for one");

        assertThat(one.text()).endsWith("topic: a\ndata: both\n\nid: test-2\ndata: for one\n\n");
        assertThat(other.text()).endsWith("topic: a\ndata: both\n\n");
    }

    @Test
    void gapsAndGreetingsHaveNone() {
        RecordingSink sink = subscribe(to("a").announced().after("old-1"));

        assertThat(types(sink)).containsExactly("connected", "gap");
        assertThat(sink.text()).doesNotContain("topic:");
    }
}
