package dev.freshet.hub.publication;

import java.util.List;
import java.util.Optional;

/**
 * Publications that are appended together: all of them, in this order, with nothing between, or none. Immutable.
 *
 * @param publications at least one
 * @param idempotencyKey names the request: the same key within its retention gets the first receipt and appends nothing;
 *     with other publications it is refused
 */
public record Batch(List<Publication> publications, Optional<String> idempotencyKey) {
    /** The longest idempotency key, in characters. */
    public static final int MAX_KEY_LENGTH = 256;

    /** Its objects, and texts that are short: id and type. */
    private static final long BYTES_OF_AN_EVENT = 256;

    private static final long BYTES_OF_A_TOPIC = 64;

    /**
     * Checks the batch.
     *
     * @throws InvalidPublicationException if it is empty, or the key is empty or too long
     */
    public Batch {
        publications = List.copyOf(publications);
        if (publications.isEmpty()) {
            throw new InvalidPublicationException("batch: empty (expected: at least one event)");
        }
        idempotencyKey.ifPresent(Batch::requireKey);
    }

    /**
     * Creates a batch of one.
     *
     * @param publication the publication
     * @return the batch, without a key
     */
    public static Batch of(Publication publication) {
        return new Batch(List.of(publication), Optional.empty());
    }

    /**
     * Returns about how much memory the batch takes.
     *
     * @return bytes: the characters of its texts, and something for each event and topic
     */
    public long sizeBytes() {
        return publications.stream().mapToLong(Batch::sizeBytes).sum();
    }

    private static long sizeBytes(Publication publication) {
        long topicBytes = publication.topics().stream()
                .mapToLong(topic -> BYTES_OF_A_TOPIC + topic.name().length())
                .sum();
        return BYTES_OF_AN_EVENT + publication.event().data().length() + topicBytes;
    }

    private static void requireKey(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new InvalidPublicationException(
                    "Idempotency-Key: " + key.length() + " characters (expected: 1 to " + MAX_KEY_LENGTH + ")");
        }
    }
}
