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

    private static void requireKey(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new InvalidPublicationException(
                    "Idempotency-Key: " + key.length() + " characters (expected: 1 to " + MAX_KEY_LENGTH + ")");
        }
    }
}
