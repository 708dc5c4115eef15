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
 * @param answer is completed once
 */
record Pending(Batch batch, CompletableFuture<Receipt> answer) {
    void refuse(Cause cause, String message) {
        answer.completeExceptionally(new AppendRefusedException(cause, message));
    }
}
