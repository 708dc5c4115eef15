package dev.freshet.hub.log.memory;

import dev.freshet.hub.log.Receipt;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The receipts of requests that had an idempotency key, oldest first, bounded in number and time. Confined to the writer. */
final class RememberedReceipts {
    private final MemoryLogOptions options;
    private final Map<String, Remembered> byKey = new LinkedHashMap<>();

    RememberedReceipts(MemoryLogOptions options) {
        this.options = options;
    }

    Optional<Receipt> find(String key, long nowMs) {
        forgetOld(nowMs);
        return Optional.ofNullable(byKey.get(key)).map(Remembered::receipt);
    }

    void remember(String key, Receipt receipt, long nowMs) {
        byKey.put(key, new Remembered(receipt, nowMs));
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

    private record Remembered(Receipt receipt, long timeMs) {}
}
