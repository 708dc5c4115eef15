package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.observe.GapReason;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.TestHub;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gap of which only the pages of the history can tell where it ends. */
class GapInTheHistoryTest extends HubCase {
    private static final String OPENING = ":\nretry: 2000\n\n";

    private HeldHistory history;

    @BeforeEach
    void startWithALongHistory() {
        hub = TestHub.onLog(4, log -> {
            history = new HeldHistory(log);
            return history;
        });
        publishNumbers("common", 1, 20);
    }

    private static String gap(String id, String reason, String requested, String earliest) {
        return "id: " + id + "\nevent: gap\ndata: {\"reason\":\"" + reason + "\",\"requested\":\"" + requested
                + "\",\"earliest\":" + earliest + "}\n\n";
    }

    private static String event(String number) {
        return "id: test-" + number + "\ndata: " + number + "\n\n";
    }

    private void find(int number) {
        history.find(number, event(Integer.toString(number, 36)));
        hub.run();
    }

    private void findNothingUpTo(int next) {
        history.findNothingUpTo(next);
        hub.run();
    }

    @Test
    void itEndsBeforeTheFirstEventThatIsFound() {
        history.thinUpTo(5);
        RecordingSink sink = subscribe(to("rare").after("test-1"));
        assertThat(sink.opening()).isEqualTo(OPENING);
        findNothingUpTo(4);
        assertThat(sink.text()).as("more may be found before the end").isEmpty();
        find(9);
        findNothingUpTo(21);

        assertThat(sink.text()).isEqualTo(gap("test-8", "expired", "test-1", "\"test-9\"") + event("9"));
        assertThat(hub.observer().gaps()).containsExactly(GapReason.EXPIRED);
    }

    /** It was told again at each reconnect, until an event of its own had come. */
    @Test
    void whoReconnectsBehindItIsNotToldAgain() {
        history.thinUpTo(12);
        RecordingSink cut = subscribe(to("rare").after("test-1"));
        find(15);
        findNothingUpTo(21);
        assertThat(cut.text()).startsWith(gap("test-e", "expired", "test-1", "\"test-f\""));
        RecordingSink again = subscribe(to("rare").after("test-e"));
        find(15);
        findNothingUpTo(21);

        assertThat(again.text()).isEqualTo(event("f"));
    }

    @Test
    void itEndsAtTheHeadIfNothingIsLeft() {
        history.thinUpTo(16);
        RecordingSink sink = subscribe(to("rare").after("test-1"));
        findNothingUpTo(21);
        assertThat(sink.text()).isEqualTo(gap("test-k", "expired", "test-1", "null"));
        publish("rare", "live");

        assertThat(sink.data()).endsWith("live");
        assertThat(subscribe(to("rare").after("test-k")).data()).containsExactly("live");
        assertThat(hub.observer().gaps()).hasSize(1);
    }

    @Test
    void whatARuleRemovesOnTheWayIsToldOnceForEachStep() {
        RecordingSink sink = subscribe(to("rare").after("test-1"));
        history.thinUpTo(8);
        find(10);
        history.thinUpTo(13);
        find(14);
        find(15);
        findNothingUpTo(21);

        assertThat(sink.text())
                .isEqualTo(gap("test-9", "expired", "test-1", "\"test-a\"")
                        + event("a")
                        + gap("test-d", "expired", "test-a", "\"test-e\"")
                        + event("e")
                        + event("f"));
    }

    /** What a rule took and what went with the oldest events is one gap. */
    @Test
    void itGrowsWhileItsEndIsLookedFor() {
        history.thinUpTo(5);
        RecordingSink sink = subscribe(to("rare").after("test-1"));
        history.removeBefore(8);
        findNothingUpTo(2);
        find(9);
        findNothingUpTo(21);

        assertThat(sink.text()).isEqualTo(gap("test-8", "expired", "test-1", "\"test-9\"") + event("9"));
    }

    @Test
    void anUnknownIdIsQuotedAsItCame() {
        RecordingSink sink = subscribe(to("rare").after("what?"));
        find(3);
        findNothingUpTo(21);

        assertThat(sink.opening()).isEqualTo(OPENING);
        assertThat(sink.text()).isEqualTo(gap("test-2", "unknown", "what?", "\"test-3\"") + event("3"));
    }

    /** What comes while its sink is full is read again, and may be gone by then. */
    @Test
    void itIsSentWholeBeforeWhatIsLeft() {
        String first = gap("test-8", "expired", "test-1", "\"test-9\"");
        for (int cut = 0; cut < chunk(first).length(); cut++) {
            startWithALongHistory();
            history.thinUpTo(5);
            RecordingSink sink = subscribe(to("rare").after("test-1"), chunked().takingInAll(cut));
            find(9);
            history.thinUpTo(9);
            sink.takeAll();
            hub.run();
            find(12);
            findNothingUpTo(21);

            assertThat(sink.text())
                    .as("cut at %d", cut)
                    .isEqualTo(first + gap("test-b", "slow", "test-8", "\"test-c\"") + event("c"));
        }
    }

    /** The lane is behind the window, so that the place lies before the window and behind all that the lane may read. */
    @Test
    void aLaneThatTheLogLeftBehindTellsOfItAtOnce() {
        numbers(21, 30).forEach(data -> hub.publish("common", data));
        history.thinUpTo(26);
        RecordingSink sink = hub.subscribe(to("rare").after("test-o"));
        assertThat(sink.opening()).isEqualTo(OPENING + gap("test-o", "expired", "test-o", "\"test-p\""));
        hub.run();
        find(26);

        assertThat(sink.text()).isEqualTo(event("q"));
    }
}
