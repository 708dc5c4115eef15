package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppendQueueTest {
    private final AppendQueue queue = new AppendQueue(100, 1 << 20);

    @Test
    void handsOutGroupsThatAreBoundedInEvents() throws InterruptedException {
        Pending first = offered(3, 10);
        Pending second = offered(3, 10);
        Pending third = offered(3, 10);

        assertThat(queue.take(4, 1 << 20, 0)).containsExactly(first, second);
        assertThat(queue.take(4, 1 << 20, 0)).containsExactly(third);
        assertThat(queue.take(4, 1 << 20, 0)).isEmpty();
    }

    /** A few thousand large events were one transaction of gigabytes. */
    @Test
    void handsOutGroupsThatAreBoundedInBytes() throws InterruptedException {
        Pending first = offered(1, 5000);
        Pending second = offered(1, 5000);
        Pending third = offered(1, 5000);

        assertThat(queue.take(100, 6000, 0)).containsExactly(first, second);
        assertThat(queue.take(100, 6000, 0)).containsExactly(third);
    }

    @Test
    void whatWasHandedOutWaitsNoLonger() throws InterruptedException {
        offered(1, 1 << 20);
        assertThat(queue.hasRoom()).isFalse();
        assertThat(queue.offer(pending(1, 1))).isEqualTo(AppendQueue.Offer.FULL);
        queue.take(100, 1, 0);

        assertThat(queue.hasRoom()).isTrue();
        assertThat(queue.offer(pending(1, 1))).isEqualTo(AppendQueue.Offer.TAKEN);
        queue.close();
        assertThat(queue.takeAll()).hasSize(1);
        assertThat(queue.isDone()).isTrue();
        assertThat(queue.load()).isEqualTo("0 batches, 0 bytes");
    }

    private Pending offered(int events, int dataBytes) {
        Pending pending = pending(events, dataBytes);
        assertThat(queue.offer(pending)).isEqualTo(AppendQueue.Offer.TAKEN);
        return pending;
    }

    private static Pending pending(int events, int dataBytes) {
        Publication publication = Publication.of(new Topic("t"), ServerSentEvent.of("x".repeat(dataBytes)));
        List<Publication> publications = Collections.nCopies(events, publication);
        return new Pending(new Batch(publications, Optional.empty()));
    }
}
