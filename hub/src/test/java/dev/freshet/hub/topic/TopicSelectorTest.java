package dev.freshet.hub.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicSelectorTest {
    @Test
    void readsThreeKinds() {
        assertThat(TopicSelector.parse("*")).isEqualTo(new TopicSelector.All());
        assertThat(TopicSelector.parse("a/b")).isEqualTo(new TopicSelector.Exact(new Topic("a/b")));
        assertThat(TopicSelector.parse("a/{b}")).isEqualTo(new TopicSelector.Template(UriTemplate.parse("a/{b}")));
        assertThat(TopicSelector.parse("**")).isInstanceOf(TopicSelector.Exact.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a/b", "a/{b}", "{+all}", "$subscriber/1"})
    void writesWhatItReads(String text) {
        assertThat(TopicSelector.parse(text).text()).isEqualTo(text);
        assertThat(TopicSelector.parse(TopicSelector.parse(text).text())).isEqualTo(TopicSelector.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "}", "a{b", "a}b{c}", "\n{a}", "{a}\u0000", "{a}\ud800"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> TopicSelector.parse(text)).isInstanceOf(InvalidTopicException.class);
    }

    @Test
    void onlyAnExactSelectorSelectsTheHubsOwnTopics() {
        Topic own = new Topic("$subscriber/1");
        assertThat(TopicSelector.parse("*").matches(own)).isFalse();
        assertThat(TopicSelector.parse("{+all}").matches(own)).isFalse();
        assertThat(TopicSelector.parse("$subscriber/{id}").matches(own)).isFalse();
        assertThat(TopicSelector.parse("$subscriber/1").matches(own)).isTrue();
    }
}
