package dev.freshet.client.http;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Gives the headers of each attempt, for example a token that does not live long. Called on a loop, so it must not block; the
 * answer may come later and on any thread.
 */
@FunctionalInterface
public interface HeaderSource {

    /** Gives none. */
    HeaderSource NONE = () -> CompletableFuture.completedFuture(Map.of());

    /**
     * The headers of the next attempt.
     *
     * @return completes with them; if it fails or does not come in time, the attempt fails, and may be made again. After a
     *     redirect to another origin none of them is sent there
     */
    CompletionStage<Map<String, String>> headers();

    /**
     * A source of {@code Authorization: Bearer}.
     *
     * @param tokens gives the token of the next attempt; must not block. One that is null fails the attempt
     * @return the source
     */
    static HeaderSource bearer(Supplier<? extends CompletionStage<String>> tokens) {
        return () -> tokens.get()
                .thenApply(token -> Map.of("Authorization", "Bearer " + Objects.requireNonNull(token, "token")));
    }
}
