package dev.freshet.hub.log.memory;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.publication.Publication;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the batches that had an idempotency key begin in the log, oldest first, bounded in number and time. Confined to the
 * writer.
 *
 * <p>A key costs the same however large its batch: the receipt follows from the first offset and from the publications,
 * which come again with the key. Of them only a hash is kept: it tells a key that is used for something else, which is a
 * fault of the client, and a rare miss only means that the fault goes unnoticed.
 */
final class RememberedKeys {
    private final MemoryLogOptions options;
    private final Map<String, Remembered> byKey = new LinkedHashMap<>();

    RememberedKeys(MemoryLogOptions options) {
        this.options = options;
    }

    /** Returns the offset of the first event that was published with a key, if it is remembered. */
    Optional<Long> find(String key, List<Publication> publications, long nowMs) {
        forgetOld(nowMs);
        Remembered found = byKey.get(key);
        if (found != null && found.fingerprint() != publications.hashCode()) {
            throw new AppendRefusedException(
                    Cause.KEY_REUSED,
                    "Idempotency-Key: used before, for something else (expected: a new key for each thing to publish)");
        }
        return Optional.ofNullable(found).map(Remembered::first);
    }

    void remember(String key, List<Publication> publications, long first, long nowMs) {
        byKey.put(key, new Remembered(first, publications.hashCode(), nowMs));
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

    private record Remembered(long first, int fingerprint, long timeMs) {}
}
