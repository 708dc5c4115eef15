package dev.freshet.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the vectors do not say: when things are told, ids over connections, buffers, failures. */
class EventStreamParserTest {

    private final Recording recording = new Recording();
    private final EventStreamParser parser = new EventStreamParser(recording);

    @Test
    void dispatchesAtALoneCrWithoutWaiting() {
        feed("data: a\r\r");
        assertThat(recording.data()).containsExactly("a");

        feed("\ndata: b\r\n\r");
        assertThat(recording.data()).containsExactly("a", "b");

        feed("");
        feed("\n");
        feed("data: c\n\n");
        assertThat(recording.data()).containsExactly("a", "b", "c");
    }

    @Test
    void takesTheLfAfterAnEmptyReadAsPartOfTheCr() {
        feed("data: a\r");
        feed("");
        feed("\ndata: b\n\n");

        assertThat(recording.data()).containsExactly("a\nb");
    }

    @Test
    void tellsRetryAtOnceAndKeepsItInItsEvent() {
        feed("retry: 7\n");
        assertThat(recording.retries).containsExactly(7L);

        feed("data: a\n\ndata: b\n\n");
        assertThat(recording.events).containsExactly(ServerSentEvent.of("a").withRetryMs(7), ServerSentEvent.of("b"));
    }

    @Test
    void clampsRetry() {
        feed("retry: 9223372036854775806\nretry: 9223372036854775807\nretry: 9223372036854775808\n");
        feed("retry: " + "9".repeat(10_000) + "\nretry: " + "0".repeat(10_000) + "1\n");

        assertThat(recording.retries)
                .containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1L);
    }

    @Test
    void tellsCommentsAndEventsInTheirOrder() {
        feed(":1\ndata: a\n:2\n\n:3\n");

        assertThat(recording.told).containsExactly("1", "2", ServerSentEvent.of("a"), "3");
    }

    @Test
    void replacesNulInATypeSinceNoEventCanHoldIt() {
        feed("event: a\0b\ndata: x\n\n");

        assertThat(recording.events).containsExactly(ServerSentEvent.of("a\uFFFDb", "x"));
    }

    @Test
    void commitsAnIdWithItsBlankLineOnly() {
        feed("id: 1\n");
        assertThat(parser.lastEventId()).isEmpty();

        feed("\n");
        assertThat(parser.lastEventId()).isEqualTo("1");
    }

    @Test
    void hasCommittedTheIdWhenItTellsTheEvent() {
        List<String> seen = new ArrayList<>();
        AtomicReference<EventStreamParser> own = new AtomicReference<>();
        own.set(new EventStreamParser(event -> seen.add(own.get().lastEventId())));

        feed(own.get(), "id: 1\ndata: a\n\nid\ndata: b\n\n");

        assertThat(seen).containsExactly("1", "");
    }

    @Test
    void keepsTheLastIdOverConnectionsAndDropsWhatWasCut() {
        feed("id: 1\ndata: a\n\nretry: 5\nid: 2\nevent: x\ndata: cut\nda");
        parser.reset();
        assertThat(parser.lastEventId()).isEqualTo("1");

        feed("data: b\n\n");
        assertThat(recording.events)
                .containsExactly(
                        ServerSentEvent.of("a").withId("1"),
                        ServerSentEvent.of("b").withId("1"));
    }

    @Test
    void skipsAByteOrderMarkOnEachConnection() {
        feed("\uFEFFdata: a\n\n");
        parser.reset();
        feed("\uFEFFdata: b\n\n\uFEFFdata: c\n\n");

        assertThat(recording.data()).containsExactly("a", "b");
    }

    @Test
    void doesNotTakeALfForTheCrOfAnEarlierConnection() {
        feed("data: a\r");
        parser.reset();
        feed("\uFEFF\ndata: b\n\n");

        assertThat(recording.data()).containsExactly("b");
    }

    @Test
    void readsTheGivenRangeOnly() {
        byte[] bytes = "data: no\n\ndata: yes\n\ndata: no\n\n".getBytes(UTF_8);
        parser.feed(bytes, 10, 11);

        assertThat(recording.data()).containsExactly("yes");
        assertThatThrownBy(() -> parser.feed(bytes, 10, bytes.length)).isInstanceOf(IndexOutOfBoundsException.class);
        feed("data: still\n\n");
        assertThat(recording.data()).containsExactly("yes", "still");
    }

    @Test
    void keepsNothingOfTheCallersArray() {
        byte[] bytes = "data: half".getBytes(UTF_8);
        parser.feed(bytes, 0, bytes.length);
        bytes[6] = 'x';
        feed("\n\n");

        assertThat(recording.data()).containsExactly("half");
    }

    @Test
    void readsAnyBuffer() {
        byte[] bytes = ("data: " + "x".repeat(50_000) + "\n\n").getBytes(UTF_8);
        ByteBuffer heap = ByteBuffer.allocate(bytes.length + 2)
                .position(1)
                .put(bytes)
                .flip()
                .position(1)
                .slice();
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        for (ByteBuffer buffer : List.of(heap, heap.asReadOnlyBuffer(), direct)) {
            parser.feed(buffer);
            assertThat(buffer.hasRemaining()).isFalse();
        }

        assertThat(recording.data()).hasSize(3).containsOnly("x".repeat(50_000));
    }

    @Test
    void refusesToGoOnAfterTheHandlerFailed() {
        RuntimeException failure = new RuntimeException("handler");
        EventStreamParser failing = new EventStreamParser(event -> {
            throw failure;
        });

        assertThatThrownBy(() -> feed(failing, "id: 1\ndata: a\n\ndata: b\n\n")).isSameAs(failure);
        assertThatIllegalStateException()
                .isThrownBy(() -> feed(failing, "data: c\n\n"))
                .withMessageStartingWith("state: FAILED");
        failing.reset();
        feed(failing, ":\n");
        assertThat(failing.lastEventId()).isEqualTo("1");
    }

    @Test
    void refusesToBeFedOrResetByItsHandler() {
        AtomicReference<EventStreamParser> own = new AtomicReference<>();
        own.set(new EventStreamParser(event -> {
            assertThatIllegalStateException().isThrownBy(() -> feed(own.get(), "data: b\n\n"));
            assertThatIllegalStateException().isThrownBy(() -> own.get().reset());
            recording.onEvent(event);
        }));

        feed(own.get(), "data: a\n\ndata: c\n\n");

        assertThat(recording.data()).containsExactly("a", "c");
    }

    @Test
    void goesOnWithANewStreamAfterARefusal() {
        EventStreamParser small = new EventStreamParser(recording, new EventStreamParser.Limits(8, 8));
        assertThatExceptionOfType(EventStreamException.class).isThrownBy(() -> feed(small, "data: too long"));
        assertThatIllegalStateException().isThrownBy(() -> feed(small, "\n"));

        small.reset();
        feed(small, "data: a\n\n");
        assertThat(recording.data()).containsExactly("a");
    }

    private void feed(String text) {
        feed(parser, text);
    }

    private static void feed(EventStreamParser parser, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        parser.feed(bytes, 0, bytes.length);
    }
}
