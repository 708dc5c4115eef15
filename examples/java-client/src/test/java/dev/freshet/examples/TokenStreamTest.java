package dev.freshet.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ReceivedRequest;
import dev.freshet.client.testing.ScriptedEventServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a program is tested with the scripted server of the client's test-jar. */
class TokenStreamTest {

    @Test
    void readsEachWordOnceAlthoughTheStreamIsCut() {
        Answer busy = Answer.status(503).header("Retry-After", "0");
        Answer cut = Answer.stream()
                .send("retry: 100\n\nid: 1\ndata: Every\n\nid: 2\ndata: event\n\n")
                .send("id: 3\ndata: com")
                .cut();
        Answer rest = Answer.stream().send("id: 3\ndata: comes\n\nid: 4\ndata: once.\n\nevent: done\ndata\n\n");
        List<String> words = new ArrayList<>();
        try (ScriptedEventServer server = ScriptedEventServer.start(busy, cut, rest)) {
            TokenStream.read(server.uri(), words::add);

            assertThat(words).containsExactly("Every", "event", "comes", "once.");
            assertThat(server.requests().get(2).header("Last-Event-ID")).hasValue("2");
        }
    }

    @Test
    void saysThatAnAnswerIsNotComplete() {
        Answer half =
                Answer.stream().send("retry: 100\n\nid: 1\ndata: Every\n\n").end();
        assertThatIllegalStateException()
                .isThrownBy(() -> read(half, Answer.status(403)))
                .withMessage("the answer is not complete: REFUSED");
        assertThatIllegalStateException()
                .isThrownBy(() -> read(half, Answer.status(204)))
                .withMessage("the answer is not complete: NO_CONTENT");
        assertThatIllegalStateException()
                .isThrownBy(() -> read(Answer.stream().send("event: gap\ndata: {\"reason\":\"slow\"}\n\n")))
                .withMessage("words are missing: slow");
    }

    private static void read(Answer... answers) {
        try (ScriptedEventServer server = ScriptedEventServer.start(answers)) {
            TokenStream.read(server.uri(), word -> {});
        }
    }

    @Test
    void writesWordByWordAndSaysWhenItIsDone() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.status(200, "{\"id\":\"1\"}"))) {
            TokenStream.write(server.uri("/"), "answers/1", List.of("Hello"));

            assertThat(server.requests())
                    .map(ReceivedRequest::body)
                    .containsExactly(
                            "{\"topic\":[\"answers/1\"],\"data\":\"Hello\"}",
                            "{\"topic\":[\"answers/1\"],\"data\":\"\",\"type\":\"done\"}");
        }
    }
}
