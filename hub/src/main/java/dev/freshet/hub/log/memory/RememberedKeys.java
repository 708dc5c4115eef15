package dev.freshet.hub.log.memory;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.publication.Fingerprint;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the batches that had an idempotency key begin in the log, oldest first, bounded in number and time. Confined to the
 * writer.
 *
 * <p>A key costs the same however large its batch: the receipt follows from the first offset and from the publications,
 * which come again with the key. Of them a {@link Fingerprint} is kept, which tells a key that is used for something else.
 */
final class RememberedKeys {
    private final MemoryLogOptions options;
    private final Map<String, Remembered> byKey = new LinkedHashMap<>();

    RememberedKeys(MemoryLogOptions options) {
        this.options = options;
    }

    /**
     * Returns the offset of the first event that was published with a key, if it is remembered; the fingerprint is of what comes
     * with it now.
     */
    Optional<Long> find(String key, long fingerprint, long nowMs) {
        forgetOld(nowMs);
        Remembered found = byKey.get(key);
        if (found != null && found.fingerprint() != fingerprint) {
            throw new AppendRefusedException(
                    Cause.KEY_REUSED,
                    "Idempotency-Key: used before, for something else (expected: a new key for each thing to publish)");
        }
        return Optional.ofNullable(found).map(Remembered::first);
    }

    void remember(String key, long fingerprint, long first, long nowMs) {
        byKey.put(key, new Remembered(first, fingerprint, nowMs));
        forgetOld(nowMs);
    }

    private void forgetOld(long nowMs) {
        long oldestMs = nowMs - options.keyRetention().toMillis();
        Iterator<Remembered> oldestFirst = byKey.values().iterator();
        while (oldestFirst.hasNext()) {
            if (oldestFirst.next().timeMs() >= oldestMs && byKey.size() <= options.maxKeys()) {
                return;
            }
            oldestFirst.remove();
        }
    }

    private record Remembered(long first, long fingerprint, long timeMs) {}
}
