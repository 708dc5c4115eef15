package dev.freshet.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final List<Topic> TOPICS = List.of(new Topic("a/1"), new Topic("b"));

    @Test
    void publicEventsTakeOneRightAndPrivateOnesAnother() {
        ReadRights nothing = new ReadRights(false, Set.of());
        ReadRights onlyPrivate = new ReadRights(false, Set.of(TopicSelector.parse("a/{x}")));

        assertThat(ReadRights.PUBLIC.allow(false, TOPICS)).isTrue();
        assertThat(ReadRights.PUBLIC.allow(true, TOPICS)).isFalse();
        assertThat(nothing.allow(false, TOPICS)).isFalse();
        assertThat(onlyPrivate.allow(false, TOPICS)).isFalse();
        assertThat(onlyPrivate.allow(true, TOPICS)).isTrue();
    }

    @Test
    void oneGrantedTopicOfAnEventSuffices() {
        assertThat(granted("b").allow(true, TOPICS)).isTrue();
        assertThat(granted("*").allow(true, TOPICS)).isTrue();
        assertThat(granted("c", "a/2").allow(true, TOPICS)).isFalse();
    }

    @Test
    void aGrantOfEverythingIsNoGrantOfTheHubsOwnTopics() {
        assertThat(granted("*", "{+all}").allow(true, List.of(new Topic("$subscriber/1"))))
                .isFalse();
    }

    @Test
    void equalRightsAreEqualValuesAndKeepNoReferenceToASet() {
        Set<TopicSelector> selectors = new HashSet<>(Set.of(TopicSelector.parse("a")));
        ReadRights rights = new ReadRights(true, selectors);
        selectors.clear();

        assertThat(rights).isEqualTo(granted("a")).hasSameHashCodeAs(granted("a"));
        assertThat(rights).isNotEqualTo(ReadRights.PUBLIC);
    }

    @Test
    void theOpenPolicyLetsEverybodyPublishAndReadWhatIsPublic() {
        ReadRights anonymous = AccessPolicy.OPEN.readRights(Principal.ANONYMOUS);

        assertThat(AccessPolicy.OPEN.mayPublish(Principal.ANONYMOUS, new Topic("a")))
                .isTrue();
        assertThat(anonymous).isEqualTo(ReadRights.PUBLIC);
    }

    @Test
    void theOpenPolicyHonoursAGrantForPrivateEvents() {
        Grant grant = new Grant(Set.of(), Set.of(TopicSelector.parse("b")));
        ReadRights rights = AccessPolicy.OPEN.readRights(new Principal("someone", grant));

        assertThat(rights.allow(true, TOPICS)).isTrue();
        assertThat(rights.allow(true, List.of(new Topic("c")))).isFalse();
        assertThat(rights.allow(false, List.of(new Topic("c")))).isTrue();
    }

    private static ReadRights granted(String... selectors) {
        Set<TopicSelector> parsed = new HashSet<>();
        for (String selector : selectors) {
            parsed.add(TopicSelector.parse(selector));
        }
        return new ReadRights(true, parsed);
    }
}
