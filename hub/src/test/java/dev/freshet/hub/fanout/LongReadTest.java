package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.log.Framing;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.TestHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who wants something rare of a long history waits long, and must not be taken for dead meanwhile. */
class LongReadTest extends HubCase {
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final String EVENT = "id: test-3\ndata: 3\n\n";
    private static final String COMMENT = ":\n\n";

    private HeldHistory history;

    @BeforeEach
    void startWithALongHistory() {
        hub = TestHub.onLog(4, log -> {
            history = new HeldHistory(log);
            return history;
        });
        publishNumbers("common", 1, 20);
    }

    @Test
    void whoReadsGetsACommentInEachInterval() {
        RecordingSink sink = subscribe(to("rare").after("test-1"));
        hub.pass(INTERVAL.minusSeconds(1));
        assertThat(sink.writes()).isZero();
        hub.pass(Duration.ofSeconds(2));
        assertThat(sink.heartbeats()).isEqualTo(1);
        history.findNothingUpTo(3);
        hub.pass(INTERVAL.multipliedBy(2));
        assertThat(sink.heartbeats()).isEqualTo(3);
        history.find(3, EVENT);
        hub.run();

        assertThat(sink.data()).containsExactly("3");
        history.findNothingUpTo(21);
        publish("rare", "live");
        assertThat(sink.data()).containsExactly("3", "live");
    }

    @Test
    void whoWaitsForATurnGetsOneToo() {
        List<RecordingSink> sinks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sinks.add(subscribe(to("rare").after("test-1")));
        }
        assertThat(history.waiting()).isLessThan(sinks.size());
        hub.pass(INTERVAL.plusSeconds(1));

        assertThat(sinks).allSatisfy(sink -> assertThat(sink.heartbeats()).isEqualTo(1));
        for (int i = 0; i < 100; i++) {
            history.findNothingUpTo(21);
            hub.run();
        }
    }

    /** The page comes before the sink can take more: it is forgotten, and read again. */
    @ParameterizedTest
    @EnumSource(Framing.class)
    void aCommentThatIsCutIsSentWholeBeforeThePage(Framing framing) {
        for (int cut = 0; cut < commentSize(framing); cut++) {
            startWithALongHistory();
            RecordingSink sink = subscribe(to("rare").after("test-1").framed(framing), cutting(framing, cut));
            hub.pass(INTERVAL.plusSeconds(1));
            history.find(3, EVENT);
            hub.run();
            assertThat(history.waiting()).isZero();
            sink.takeAll();
            hub.run();
            history.find(3, EVENT);
            hub.run();

            assertThat(sink.text()).as("cut at %d", cut).isEqualTo(COMMENT + EVENT);
            history.findNothingUpTo(21);
        }
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void theRestOfACommentIsSentAlthoughNoPageCame(Framing framing) {
        for (int cut = 0; cut < commentSize(framing); cut++) {
            startWithALongHistory();
            RecordingSink sink = subscribe(to("rare").after("test-1").framed(framing), cutting(framing, cut));
            hub.pass(INTERVAL.multipliedBy(3));
            sink.takeAll();
            assertThat(sink.text()).as("cut at %d", cut).isEqualTo(COMMENT);
            history.find(3, EVENT);
            hub.run();

            assertThat(sink.text()).as("cut at %d", cut).isEqualTo(COMMENT + EVENT);
            history.findNothingUpTo(21);
        }
    }

    @Test
    void aDeadConnectionIsFoundByTheComment() {
        RecordingSink sink = subscribe(to("rare").after("test-1"), chunked().vanishingAfter(2));
        hub.pass(INTERVAL.plusSeconds(1));

        assertThat(sink.isGone()).isTrue();
        assertThat(hub.lane(0).subscriberCount()).isZero();
        history.find(3, EVENT);
    }

    @Test
    void aStreamWhoseHistoryCannotBeReadIsCut() {
        RecordingSink sink = subscribe(to("rare").after("test-1"));
        history.failReads();
        hub.run();
        expectedFailures = 1;

        assertThat(sink.isAborted()).isTrue();
        assertThat(hub.observer().ends()).containsExactly(EndReason.FAILURE);
    }

    /** A lane reads so many pages at once; one that never began must not count for ever. */
    @Test
    void aHistoryThatThrewIsReadAgain() {
        expectedFailures = 40;
        history.throwWhenRead(true);
        for (int i = 0; i < expectedFailures; i++) {
            assertThat(subscribe(to("rare").after("test-1")).isAborted()).isTrue();
        }
        history.throwWhenRead(false);
        RecordingSink sink = subscribe(to("rare").after("test-1"));
        history.find(3, EVENT);
        hub.run();

        assertThat(sink.data()).containsExactly("3");
        history.findNothingUpTo(21);
    }

    private static RecordingSink cutting(Framing framing, int bytes) {
        return new RecordingSink(framing).takingInAll(bytes);
    }

    private static int commentSize(Framing framing) {
        return framing == Framing.CHUNKED ? chunk(COMMENT).length() : COMMENT.length();
    }
}
