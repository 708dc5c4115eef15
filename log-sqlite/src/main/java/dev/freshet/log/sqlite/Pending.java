package dev.freshet.log.sqlite;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Receipt;
import java.util.concurrent.CompletableFuture;

/**
 * A batch that waits. Immutable.
 *
 * @param batch what is to be appended
 * @param sizeBytes about how much memory it takes
 * @param answer is completed once
 */
record Pending(Batch batch, long sizeBytes, CompletableFuture<Receipt> answer) {
    Pending(Batch batch) {
        this(batch, batch.sizeBytes(), new CompletableFuture<>());
    }

    void refuse(Cause cause, String message) {
        answer.completeExceptionally(new AppendRefusedException(cause, message));
    }
}
