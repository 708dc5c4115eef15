package dev.freshet.hub.publication;

import dev.freshet.codec.EventStreamEncoder;
import dev.freshet.hub.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Tells what was published from something else, for a log that keeps an idempotency key but not what came with it. Pure.
 *
 * <p>It is the same on every JVM and in every version, since logs on disk outlive them.
 */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * Returns the fingerprint of publications.
     *
     * @param publications what is published, in order
     * @return the first 64 bits of a SHA-256 over all that was said: events, topics, private flags and times to live
     */
    public static long of(List<Publication> publications) {
        MessageDigest digest = sha256();
        for (Publication publication : publications) {
            digest.update(EventStreamEncoder.encode(publication.event()));
            for (Topic topic : publication.topics()) {
                update(digest, topic.name());
            }
            update(digest, publication.isPrivate() + " " + publication.ttl());
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static void update(MessageDigest digest, String line) {
        digest.update((line + '\n').getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
