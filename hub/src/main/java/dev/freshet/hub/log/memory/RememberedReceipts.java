package dev.freshet.hub.log.memory;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.log.Publication;
import dev.freshet.hub.log.Receipt;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The receipts of requests that had an idempotency key, oldest first, bounded in number and time. Confined to the writer.
 *
 * <p>Of what was published only a hash is kept: it tells a key that is used for something else, which is a fault of the
 * client, and a rare miss only means that the fault goes unnoticed.
 */
final class RememberedReceipts {
    private final MemoryLogOptions options;
    private final Map<String, Remembered> byKey = new LinkedHashMap<>();

    RememberedReceipts(MemoryLogOptions options) {
        this.options = options;
    }

    Optional<Receipt> find(String key, List<Publication> publications, long nowMs) {
        forgetOld(nowMs);
        Remembered found = byKey.get(key);
        if (found != null && found.fingerprint() != publications.hashCode()) {
            throw new AppendRefusedException(
                    Cause.KEY_REUSED,
                    "Idempotency-Key: used before, for something else (expected: a new key for each thing to publish)");
        }
        return Optional.ofNullable(found).map(Remembered::receipt);
    }

    void remember(String key, List<Publication> publications, Receipt receipt, long nowMs) {
        byKey.put(key, new Remembered(receipt, publications.hashCode(), nowMs));
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

    private record Remembered(Receipt receipt, int fingerprint, long timeMs) {}
}
