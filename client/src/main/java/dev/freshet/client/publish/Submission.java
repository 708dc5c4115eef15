package dev.freshet.client.publish;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A batch that was offered to a publisher. Both futures are completed on a loop: what depends on them must not block.
 *
 * @param accepted complete once the batch has its place among those that are sent, which is when to offer the next; fails
 *     with a {@link PublishException} if it never gets one
 * @param ids those of its events once they are in the hub's log; fails with a {@link PublishException}
 */
public record Submission(CompletableFuture<Void> accepted, CompletableFuture<List<String>> ids) {}
