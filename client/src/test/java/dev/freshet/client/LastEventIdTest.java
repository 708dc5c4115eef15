package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.StreamEvent.Opened;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stream says of where it stands when it comes back (WHATWG HTML 9.2.4). */
class LastEventIdTest {

    @Test
    void sendsTheLastId() {
        Answer first = Answer.stream().send("id: 7\ndata: a\n\ndata: b\n\n").end();
        try (ScriptedEventServer server = ScriptedEventServer.start(first, stays("data: c\n\n"))) {
            Told told = Told.hearing(server, 3);

            assertThat(told.all(Message.class)).map(Message::lastEventId).containsExactly("7", "7", "7");
            assertThat(told.all(Opened.class)).containsExactly(new Opened(""), new Opened("7"));
            assertThat(Told.lastEventIds(server)).containsExactly(Optional.empty(), Optional.of("7"));
        }
    }

    @Test
    void sendsTheIdOfABlockWithoutAnEvent() {
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream().send("id: 7\n\n").end(), stays("data: a\n\n"))) {
            Told.hearing(server, 1);

            assertThat(Told.lastEventIds(server)).containsExactly(Optional.empty(), Optional.of("7"));
        }
    }

    @Test
    void sendsNoIdAfterAnEmptyOne() {
        Answer first = Answer.stream().send("id: 7\ndata: a\n\nid\ndata: b\n\n").end();
        try (ScriptedEventServer server = ScriptedEventServer.start(first, stays("data: c\n\n"))) {
            Told told = Told.hearing(server, 3);

            assertThat(told.all(Message.class)).map(Message::lastEventId).containsExactly("7", "", "");
            assertThat(Told.lastEventIds(server)).containsExactly(Optional.empty(), Optional.empty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"é✓𝄞", " spaces ", "\u0001\t", "a:b;c,d\"", "0"})
    void sendsIdsAsTheBytesOfTheirUtf8(String id) {
        Answer first = Answer.stream().send("id: " + id + "\ndata: a\n\n").end();
        try (ScriptedEventServer server = ScriptedEventServer.start(first, stays("data: b\n\n"))) {
            Told.hearing(server, 2);

            assertThat(Told.lastEventIds(server)).containsExactly(Optional.empty(), Optional.of(id));
        }
    }

    @Test
    void sendsTheInitialIdWhichEventsCarryOn() {
        try (ScriptedEventServer server = ScriptedEventServer.start(stays("data: a\n\n"))) {
            Told told = new Told();
            try (EventSource source = EventSource.open(Quick.options(server).withInitialId("é-5"), told)) {
                told.untilMessages(1);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
            assertThat(told.events()).containsExactly(new Opened("é-5"), message("a", "é-5"));
            assertThat(Told.lastEventIds(server)).containsExactly(Optional.of("é-5"));
        }
    }

    private static Answer stays(String text) {
        return Answer.stream().send(text);
    }

    private static Message message(String data, String id) {
        return new Message("message", data, id);
    }
}
