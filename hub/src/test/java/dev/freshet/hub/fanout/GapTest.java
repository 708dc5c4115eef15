package dev.freshet.hub.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.EventStreamParser;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.observe.GapReason;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.TestHub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapTest extends HubCase {
    private static String gap(String id, String reason, String requested, String earliest) {
        return "id: " + id + "\nevent: gap\ndata: {\"reason\":\"" + reason + "\",\"requested\":\"" + requested
                + "\",\"earliest\":" + earliest + "}\n\n";
    }

    private void publishOneByOne(int from, int to) {
        numbers(from, to).forEach(data -> publish("a", data));
    }

    @Test
    void anExpiredPositionIsToldBeforeEverythingElse() {
        hub = TestHub.retaining(3);
        publishNumbers("a", 1, 10);
        RecordingSink sink = subscribe(to("a").after("test-4"));

        assertThat(sink.opening()).isEqualTo(":\nretry: 2000\n\n" + gap("test-7", "expired", "test-4", "\"test-8\""));
        assertThat(sink.text()).startsWith("id: test-8\n");
        assertThat(sink.data()).hasSize(4).endsWith("8", "9", "10");
        assertThat(hub.observer().gaps()).containsExactly(GapReason.EXPIRED);
    }

    /** Wherever its connection is cut, a client comes back with an id that leads to the gap, until it has read it. */
    @Test
    void noIdLeadsPastAGapThatWasNotRead() {
        hub = TestHub.retaining(3);
        publishNumbers("a", 1, 10);
        RecordingSink sink = subscribe(to("a").after("test-4").announced());
        byte[] opening = sink.opening().getBytes(UTF_8);

        for (int cut = 0; cut <= opening.length; cut++) {
            List<String> types = new ArrayList<>();
            EventStreamParser client = new EventStreamParser(event -> types.add(event.type()));
            client.feed(opening, 0, cut);
            assertThat(client.lastEventId()).isEqualTo(types.contains("gap") ? "test-7" : "");
        }
    }

    @Test
    void thePositionJustBeforeTheEarliestIsNoGap() {
        hub = TestHub.retaining(3);
        publishNumbers("a", 1, 10);

        assertThat(subscribe(to("a").after("test-7")).data()).containsExactly("8", "9", "10");
        assertThat(types(subscribe(to("a").after("test-6")))).startsWith("gap");
        assertThat(hub.observer().gaps()).hasSize(1);
    }

    @Test
    void aPositionOfALogThatIsGoneHasExpired() {
        publish("a", "1");
        RecordingSink sink = subscribe(to("a").after("old-1"));

        assertThat(sink.opening()).isEqualTo(":\nretry: 2000\n\n" + gap("test-0", "expired", "old-1", "\"test-1\""));
        assertThat(sink.data()).endsWith("1");
    }

    @Test
    void whatIsNoIdIsUnknownAndQuotedAsJson() {
        publish("a", "1");
        RecordingSink sink = subscribe(to("a").after("\"we\\ird\u0001 \u20ac \ud83d\ude00"));

        assertThat(sink.opening())
                .endsWith(gap("test-0", "unknown", "\\\"we\\\\ird\\u0001 \u20ac \\ud83d\\ude00", "\"test-1\""));
        assertThat(sink.data()).endsWith("1");
        assertThat(hub.observer().gaps()).containsExactly(GapReason.UNKNOWN);
    }

    @Test
    void aPositionThatIsStillToComeIsUnknown() {
        publish("a", "1");

        assertThat(types(subscribe(to("a").after("test-2")))).containsExactly("gap", "message");
        assertThat(types(subscribe(to("a").after("test-zzzzzzzzzzzz")))).containsExactly("gap", "message");
        assertThat(hub.observer().gaps()).containsExactly(GapReason.UNKNOWN, GapReason.UNKNOWN);
    }

    @Test
    void anEmptyLogHasNoEarliestEvent() {
        RecordingSink sink = subscribe(to("a").after("old-7"));

        assertThat(sink.opening()).isEqualTo(":\nretry: 2000\n\n" + gap("test-0", "expired", "old-7", "null"));
        publish("a", "1");
        assertThat(sink.data()).endsWith("1");
    }

    @Test
    void aTimeBeforeTheEarliestEventHasExpired() {
        hub = TestHub.retaining(2);
        Instant start = hub.clock().instant();
        for (int i = 1; i <= 3; i++) {
            publish("a", "" + i);
            hub.clock().advance(Duration.ofSeconds(1));
        }

        RecordingSink sink = subscribe(to("a").since(start));
        assertThat(sink.opening())
                .isEqualTo(":\nretry: 2000\n\n" + gap("test-1", "expired", "2026-11-20T10:00:00Z", "\"test-2\""));
        assertThat(sink.data()).endsWith("2", "3");
        assertThat(types(subscribe(to("a").since(start.plusMillis(1001))))).containsExactly("message");
    }

    @Test
    void aLogInMemoryKnowsNothingOfTheTimeBeforeItBegan() {
        Instant began = hub.clock().instant();
        RecordingSink empty = subscribe(to("a").since(began.minusMillis(1)));
        publish("a", "1");
        hub.clock().advance(Duration.ofSeconds(1));

        assertThat(empty.opening())
                .isEqualTo(":\nretry: 2000\n\n" + gap("test-0", "expired", "2026-11-20T09:59:59.999Z", "null"));
        assertThat(types(empty)).containsExactly("gap", "message");
        assertThat(types(subscribe(to("a").since(Instant.EPOCH)))).containsExactly("gap", "message");
        assertThat(types(subscribe(to("a").since(began)))).containsExactly("message");
        assertThat(types(subscribe(to("a").since(began.plusMillis(1))))).isEmpty();
    }

    @Test
    void theIdOfAGapResumesWithoutAnotherGap() {
        hub = TestHub.retaining(3);
        publishNumbers("a", 1, 10);
        RecordingSink sink = subscribe(to("b").after("test-1"));
        assertThat(sink.lastEventId()).isEqualTo("test-7");

        assertThat(types(subscribe(to("a").after(sink.lastEventId()))))
                .doesNotContain("gap")
                .hasSize(3);
    }

    @Test
    void aSlowReaderIsToldWhatItMissed() {
        hub = TestHub.retaining(3);
        RecordingSink chunked = subscribe(to("a"));
        RecordingSink plain = subscribe(to("a").plain(), new RecordingSink(Framing.PLAIN));
        publish("a", "1");
        chunked.block();
        plain.block();
        publishOneByOne(2, 10);
        chunked.takeAll();
        plain.takeAll();
        hub.run();
        publish("a", "11");

        String expected = "id: test-1\ndata: 1\n\n" + gap("test-7", "slow", "test-1", "\"test-8\"")
                + "id: test-8\ndata: 8\n\nid: test-9\ndata: 9\n\nid: test-a\ndata: 10\n\nid: test-b\ndata: 11\n\n";
        assertThat(chunked.text()).isEqualTo(expected);
        assertThat(new String(plain.bytes(), UTF_8)).isEqualTo(expected);
        assertThat(hub.observer().gaps()).containsExactly(GapReason.SLOW, GapReason.SLOW);
    }

    @Test
    void theRestOfACutEventComesBeforeTheGap() {
        hub = TestHub.retaining(3);
        RecordingSink sink = subscribe(to("a"), chunked().takingInAll(9));
        publishOneByOne(1, 10);
        assertThat(sink.bytes()).hasSize(9);
        sink.takeAll();
        hub.run();

        assertThat(sink.text())
                .startsWith("id: test-1\ndata: 1\n\n" + gap("test-7", "slow", "test-1", "\"test-8\"") + "id: test-8\n");
    }

    @Test
    void aGapThatIsCutItselfIsSentWhole() {
        for (int cut = 0; cut < 120; cut++) {
            hub = TestHub.retaining(3);
            RecordingSink sink = subscribe(to("a"), chunked().block());
            publishOneByOne(1, 10);
            sink.takingInAll(cut).drain();
            hub.run();
            sink.takeAll();
            hub.run();

            assertThat(sink.text()).startsWith(gap("test-7", "slow", "test-0", "\"test-8\"") + "id: test-8\n");
            assertThat(sink.data()).hasSize(4).endsWith("8", "9", "10");
        }
    }

    @Test
    void aLaneThatTheLogLeftBehindTellsEverybodyOnce() {
        hub = TestHub.retaining(3);
        RecordingSink sink = subscribe(to("a"));
        RecordingSink other = subscribe(to("b"));
        for (int i = 1; i <= 10; i++) {
            hub.publish("a", "" + i);
        }
        hub.run();
        publish("a", "11");

        assertThat(sink.text()).startsWith(gap("test-7", "slow", "test-0", "\"test-8\""));
        assertThat(sink.data()).hasSize(5).endsWith("8", "9", "10", "11");
        assertThat(types(other)).containsExactly("gap");
    }

    @Test
    void aSubscriberThatComesToALaneThatTheLogLeftBehindMissesNothingInSilence() {
        hub = TestHub.retaining(3);
        RecordingSink early = subscribe(to("a"));
        for (int i = 1; i <= 10; i++) {
            hub.publish("a", "" + i);
        }
        RecordingSink now = hub.subscribe(to("a"));
        RecordingSink last = hub.subscribe(to("a").last(2));
        RecordingSink after = hub.subscribe(to("a").after("test-8"));
        hub.run();

        assertThat(early.data()).endsWith("8", "9", "10");
        assertThat(types(now)).containsExactly("gap", "message", "message", "message");
        assertThat(last.data()).endsWith("9", "10");
        assertThat(after.data()).containsExactly("9", "10");
    }

    /** It fell behind nothing: its sink takes all, and the place was there when it came. */
    @Test
    void aPlaceThatIsGoneBeforeItsTurnHasExpired() {
        hub = TestHub.retaining(3);
        publishNumbers("a", 1, 3);
        RecordingSink sink = hub.subscribe(to("a").after("test-1"));
        publishNumbers("a", 4, 10);

        assertThat(sink.opening()).doesNotContain("gap");
        assertThat(sink.text()).startsWith(gap("test-7", "expired", "test-1", "\"test-8\"") + "id: test-8\n");
        assertThat(hub.observer().gaps()).containsExactly(GapReason.EXPIRED);
    }

    @Test
    void whoResumedAndThenReadSlowlyIsToldSo() {
        hub = TestHub.retaining(3);
        publishNumbers("a", 1, 3);
        RecordingSink sink = subscribe(to("a").after("test-1"), chunked().block());
        publishOneByOne(4, 10);
        sink.takeAll();
        hub.run();

        assertThat(sink.text()).startsWith(gap("test-7", "slow", "test-1", "\"test-8\""));
        assertThat(hub.observer().gaps()).containsExactly(GapReason.SLOW);
    }

    /** A log that runs away must not make a stream of gaps alone. */
    @Test
    void everyGapIsFollowedByAnEventHoweverFastTheLogMoves() {
        hub = TestHub.retaining(3);
        RecordingSink sink = subscribe(to("a"), chunked().block());
        publish("a", "0");
        sink.takeAll();
        for (int round = 0; round < 20; round++) {
            numbers(1, 10).forEach(data -> hub.publish("a", data));
            hub.executor(0).runOne();
        }

        assertThat(types(sink)).contains("gap").doesNotContainSequence("gap", "gap");
    }

    /** A window of one event, so that whatever is looked at may be gone a moment later. */
    @Test
    void sinceATimeThatHasJustLeftTheWindowIsAGap() {
        hub = TestHub.retaining(1);
        publishOneByOne(1, 2);
        Instant time = hub.clock().instant();

        assertThat(types(subscribe(to("a").since(time)))).containsExactly("gap", "message");
        assertThat(types(subscribe(to("a").since(time.plusMillis(1))))).isEmpty();
    }
}
