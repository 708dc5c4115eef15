package dev.freshet.log.sqlite;

import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gives messages for single subscribers an end. Pure. */
final class DirectMessages {
    /**
     * A subscriber's id dies with its connection, and with it all who could ask for its messages. Until then it may be behind,
     * but not for so long.
     */
    static final Duration TTL = Duration.ofDays(1);

    private DirectMessages() {}

    /** Returns the publications as they are stored; the publisher's own time to live counts. */
    static List<Publication> mortal(List<Publication> publications) {
        return publications.stream().map(DirectMessages::mortal).toList();
    }

    private static Publication mortal(Publication publication) {
        boolean isForNobodyElse = publication.topics().stream().allMatch(Topic::isOfSubscriber);
        return isForNobodyElse && publication.ttl().isEmpty()
                ? new Publication(publication.event(), publication.topics(), publication.isPrivate(), Optional.of(TTL))
                : publication;
    }
}
