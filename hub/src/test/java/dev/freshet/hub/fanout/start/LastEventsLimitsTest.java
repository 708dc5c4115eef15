package dev.freshet.hub.fanout.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.access.ReadRights;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How far back it looks for {@code last}: a public event, then a hundred of both topics that are not to be read. */
class LastEventsLimitsTest {
    private static final int HIDDEN = 100;
    private static final long HEAD = HIDDEN + 2;

    private final Window window = new Window(new WindowLimits(1 << 10, 1 << 20, 1 << 16), EventEncoding.PLAIN);

    LastEventsLimitsTest() {
        append(1, false, "a");
        for (int offset = 2; offset < HEAD; offset++) {
            append(offset, true, "a", "b");
        }
    }

    private void append(long offset, boolean isPrivate, String... topics) {
        List<Topic> names = Arrays.stream(topics).map(Topic::new).toList();
        Publication publication = new Publication(ServerSentEvent.of("x"), names, isPrivate);
        window.append(List.of(new LoggedEvent(offset, 1, "e-" + offset, publication)));
    }

    private LastEvents.Found findOne(LastEvents.Limits limits, String... selectors) {
        Set<TopicSelector> parsed =
                Stream.of(selectors).map(TopicSelector::parse).collect(Collectors.toSet());
        return new LastEvents(window, new Selection(parsed, ReadRights.PUBLIC), 0, limits).find(1, HEAD);
    }

    @Test
    void followsTopicsAsFarAsItsStepsGo() {
        LastEvents.Limits enough = new LastEvents.Limits(10, 2 * HIDDEN + 1);

        assertThat(findOne(enough, "a", "b")).isEqualTo(new LastEvents.Found(1, true));
    }

    /** It had said that nothing older belongs to them, and the history was not asked. */
    @Test
    void topicsThatTakeTooManyStepsAreNotDone() {
        LastEvents.Limits few = new LastEvents.Limits(10, 2 * HIDDEN);

        assertThat(findOne(few, "a", "b")).isEqualTo(new LastEvents.Found(HEAD, false));
    }

    @Test
    void topicsThatTakeTooManyStepsLookAtAllEvents() {
        LastEvents.Limits few = new LastEvents.Limits(HIDDEN + 1, 5);

        assertThat(findOne(few, "a", "b")).isEqualTo(new LastEvents.Found(1, true));
    }

    /** The history looks no further either. */
    @Test
    void templatesAreDoneWhenTheyHaveLookedAsFarAsTheyMay() {
        LastEvents.Limits few = new LastEvents.Limits(10, 5);

        assertThat(findOne(few, "{x}")).isEqualTo(new LastEvents.Found(HEAD, true));
        assertThat(findOne(few, "{x}", "b")).isEqualTo(new LastEvents.Found(HEAD, true));
    }
}
