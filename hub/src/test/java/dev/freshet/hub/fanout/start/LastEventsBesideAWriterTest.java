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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LastEventsBesideAWriterTest {
    private static final Publication PUBLICATION = Publication.of(new Topic("a"), ServerSentEvent.of("x"));

    private final Window window = new Window(new WindowLimits(1 << 16, 64 << 20, 1 << 20), EventEncoding.PLAIN);
    private final AtomicBoolean isOver = new AtomicBoolean();

    /** Once the newest event of a topic was known before it could be found, and all before it seemed not to exist. */
    @Test
    void findsTheEventsOfATopicWhileAnotherIsAppended() {
        write(1, 1000);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (long offset = 1001; !isOver.get(); offset++) {
                write(offset, offset);
            }
        });
        Selection selection = new Selection(Set.of(TopicSelector.parse("a")), ReadRights.PUBLIC);
        for (int i = 0; i < 200_000; i++) {
            long position = window.head();
            long first = new LastEvents(window, selection, 0).find(10, position).first();
            if (window.entry(position - 10) != null) {
                assertThat(first).isEqualTo(position - 10);
            }
        }
        isOver.set(true);
        writer.join();
    }

    private void write(long from, long to) {
        for (long offset = from; offset <= to; offset++) {
            window.append(List.of(new LoggedEvent(offset, 1, "e-" + offset, PUBLICATION)));
        }
    }
}
