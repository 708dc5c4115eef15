package dev.freshet.client;

import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.client.testing.ScriptedEventServer;

/** Streams that come back as soon as they may, so that tests do not wait. */
final class Quick {

    static final RetryPolicy POLICY = RetryPolicy.STANDARD.withDelays(RetryPolicy.SHORTEST, RetryPolicy.SHORTEST);

    private Quick() {}

    static StreamOptions options(ScriptedEventServer server) {
        return StreamOptions.of(server.uri()).withRetry(POLICY);
    }
}
