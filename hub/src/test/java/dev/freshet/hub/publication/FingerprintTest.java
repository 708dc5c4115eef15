package dev.freshet.hub.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final ServerSentEvent EVENT = ServerSentEvent.of("paid", "x").withId("7");
    private static final Publication ONE = publication(EVENT, false, "a", "b");

    /** Logs on disk keep it: another value would refuse every request that is repeated after an update. */
    @Test
    void isTheSameInEveryVersion() {
        assertThat(Fingerprint.of(List.of(ONE))).isEqualTo(-5_610_001_175_794_894_217L);
    }

    @Test
    void tellsApartWhateverWasSaid() {
        assertThat(Stream.of(
                                List.of(ONE),
                                List.of(ONE, ONE),
                                List.of(publication(EVENT, true, "a", "b")),
                                List.of(publication(EVENT, false, "b", "a")),
                                List.of(publication(EVENT, false, "a")),
                                List.of(publication(EVENT.withId("8"), false, "a", "b")),
                                List.of(publication(
                                        ServerSentEvent.of("paid", "y").withId("7"), false, "a", "b")),
                                List.of(publication(
                                        ServerSentEvent.of("sent", "x").withId("7"), false, "a", "b")),
                                List.of(new Publication(EVENT, ONE.topics(), false, Optional.of(Duration.ofHours(1)))))
                        .map(Fingerprint::of))
                .doesNotHaveDuplicates();
    }

    private static Publication publication(ServerSentEvent event, boolean isPrivate, String... topics) {
        return new Publication(event, Stream.of(topics).map(Topic::new).toList(), isPrivate);
    }
}
