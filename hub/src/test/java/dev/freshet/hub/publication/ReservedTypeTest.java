package dev.freshet.hub.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.topic.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedTypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"gap", "connected"})
    void nobodyPublishesWhatTheHubItselfSays(String type) {
        assertThatThrownBy(() -> publication(type))
                .isInstanceOf(InvalidPublicationException.class)
                .hasMessage("type: " + type + " (expected: another; gap and connected are the hub's own)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Gap", "gaps", "disconnected"})
    void otherTypesAreThePublishers(String type) {
        assertThat(publication(type).event().type()).isEqualTo(type);
    }

    @Test
    void aTypeThatIsMissingIsMessage() {
        assertThat(publication("").event().type()).isEqualTo("message");
    }

    private static Publication publication(String type) {
        return Publication.of(new Topic("t"), ServerSentEvent.of(type, "x"));
    }
}
