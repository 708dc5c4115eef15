package dev.freshet.hub.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.topic.Topic;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
    private static final Topic A = new Topic("a");

    @Test
    void aPublicationDropsRepeatedTopicsAndKeepsTheirOrder() {
        List<Topic> topics = List.of(new Topic("b"), A, new Topic("b"));

        assertThat(new Publication(ServerSentEvent.of("x"), topics, false).topics())
                .containsExactly(new Topic("b"), A);
    }

    @Test
    void aPublicationHasOneToAHundredTopics() {
        List<Topic> topics =
                IntStream.rangeClosed(1, 101).mapToObj(i -> new Topic("t" + i)).toList();
        assertThat(new Publication(ServerSentEvent.of("x"), topics.subList(0, 100), false).topics())
                .hasSize(100);
        assertThatThrownBy(() -> new Publication(ServerSentEvent.of("x"), topics, false))
                .isInstanceOf(InvalidPublicationException.class)
                .hasMessageContaining("101 topics");
        assertThatThrownBy(() -> new Publication(ServerSentEvent.of("x"), List.of(), false))
                .hasMessageContaining("0 topics");
    }

    @Test
    void nothingIsPublishedToTheHubsOwnTopicsButToSubscribers() {
        assertThat(Publication.of(Topic.ofSubscriber("k7"), ServerSentEvent.of("x"))
                        .topics())
                .hasSize(1);
        assertThatThrownBy(() -> Publication.of(new Topic("$hub"), ServerSentEvent.of("x")))
                .isInstanceOf(InvalidPublicationException.class);
        assertThatThrownBy(() -> Publication.of(new Topic("$subscriber/"), ServerSentEvent.of("x")))
                .isInstanceOf(InvalidPublicationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "a ", "\u2003a", "a\tb", "a\u007f", "a\u0085"})
    void refusesAnIdThatAHeaderWouldChange(String id) {
        assertThatThrownBy(() -> publication(id)).isInstanceOf(InvalidPublicationException.class);
    }

    @Test
    void countsTheBytesOfIdAndType() {
        assertThat(publication("\u20ac".repeat(85) + "a").event().id()).isPresent();
        assertThatThrownBy(() -> publication("\u20ac".repeat(86))).hasMessageContaining("id: 258 bytes");
        assertThat(Publication.of(A, ServerSentEvent.of("t".repeat(256), "")).isPrivate())
                .isFalse();
        assertThatThrownBy(() -> Publication.of(A, ServerSentEvent.of("t".repeat(257), "")))
                .hasMessageContaining("type: 257 bytes");
    }

    @Test
    void aBatchHasEventsAndAReasonableKey() {
        List<Publication> one = List.of(publication("x"));
        assertThat(new Batch(one, Optional.of("k".repeat(256))).idempotencyKey())
                .isPresent();
        assertThatThrownBy(() -> new Batch(one, Optional.of("k".repeat(257)))).hasMessageContaining("257 characters");
        assertThatThrownBy(() -> new Batch(one, Optional.of(""))).hasMessageContaining("Idempotency-Key: 0");
        assertThatThrownBy(() -> new Batch(Collections.emptyList(), Optional.empty()))
                .hasMessageContaining("batch: empty");
    }

    private static Publication publication(String id) {
        return Publication.of(A, ServerSentEvent.of("x").withId(id));
    }
}
