package dev.freshet.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GivenHeadersTest {

    @Test
    void areFoundByNamesInAnyCase() {
        assertThat(given(HeaderSource.bearer(() -> CompletableFuture.completedFuture("t"))))
                .isCompletedWithValueMatching(headers -> "Bearer t".equals(headers.get("authorization")));
    }

    @ParameterizedTest
    @MethodSource("sourcesThatGiveNone")
    void failWhateverTheSourceDoes(HeaderSource source, Class<? extends Throwable> failure) {
        assertThat(given(source).handle((headers, thrown) -> thrown))
                .succeedsWithin(Duration.ofSeconds(20))
                .isInstanceOf(failure);
    }

    static Stream<Arguments> sourcesThatGiveNone() {
        return Stream.of(
                gives(() -> CompletableFuture.completedFuture(fail()), IllegalStateException.class),
                gives(() -> CompletableFuture.failedFuture(new IOException("x")), IOException.class),
                gives(() -> CompletableFuture.supplyAsync(GivenHeadersTest::fail), IllegalStateException.class),
                gives(() -> nothing(), NullPointerException.class),
                gives(() -> CompletableFuture.completedFuture(nothing()), NullPointerException.class),
                gives(() -> CompletableFuture.completedFuture(withNull("X")), NullPointerException.class),
                gives(() -> CompletableFuture.completedFuture(withNull(nothing())), NullPointerException.class),
                gives(HeaderSource.bearer(() -> nothing()), NullPointerException.class),
                gives(
                        HeaderSource.bearer(() -> CompletableFuture.completedFuture(nothing())),
                        NullPointerException.class),
                gives(() -> CompletableFuture.completedFuture(Map.of("Host", "x")), IllegalArgumentException.class));
    }

    private static Arguments gives(HeaderSource source, Class<? extends Throwable> failure) {
        return Arguments.of(source, failure);
    }

    private static Map<String, String> fail() {
        throw new IllegalStateException("thrown later");
    }

    private static Map<String, String> withNull(String name) {
        Map<String, String> headers = new HashMap<>();
        headers.put(name, nothing());
        return headers;
    }

    /** What code gives that knows nothing of annotations. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return (T) null;
    }

    private static CompletableFuture<Map<String, String>> given(HeaderSource source) {
        CompletionStage<Map<String, String>> given = GivenHeaders.of(source);
        return given.toCompletableFuture();
    }
}
