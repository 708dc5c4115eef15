package dev.freshet.client.http;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a {@link HeaderSource} gave for one attempt. Such headers may be tokens, whatever their names. Pure. */
public final class GivenHeaders {

    private GivenHeaders() {}

    /**
     * Asks a source, whatever it does then.
     *
     * @param source the source
     * @return completes with valid headers; fails with what the source threw or failed with, with a
     *     {@link NullPointerException} if it gave null anywhere, and with an {@link IllegalArgumentException} if a header's
     *     name is no token, it is one that the connection sets, or its value holds CR, LF or NUL
     */
    public static CompletionStage<Map<String, String>> of(HeaderSource source) {
        CompletableFuture<Map<String, String>> given = new CompletableFuture<>();
        try {
            source.headers().whenComplete((headers, failure) -> settle(given, headers, failure));
        } catch (RuntimeException e) {
            given.completeExceptionally(e);
        }
        return given;
    }

    private static void settle(
            CompletableFuture<Map<String, String>> given,
            @Nullable Map<String, String> headers,
            @Nullable Throwable failure) {
        if (failure != null) {
            given.completeExceptionally(cause(failure));
            return;
        }
        try {
            given.complete(Collections.unmodifiableMap(HeaderRules.checked(headers)));
        } catch (RuntimeException e) {
            given.completeExceptionally(e);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
