package dev.freshet.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.client.http.ClientRequest;
import dev.freshet.client.http.HeaderSource;
import dev.freshet.client.resume.IdStore;
import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.client.transport.HttpTransport;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What a stream is to be. Immutable; may open any number of streams, as long as they do not share an id store.
 *
 * @param request what is asked on each attempt, redirects aside
 * @param headers gives further headers of each attempt
 * @param resume where the stream begins, and where its last event id is kept
 * @param retry when to try again
 * @param limits how long to wait, and what to hold
 * @param transport how connections are made
 */
public record StreamOptions(
        ClientRequest request,
        HeaderSource headers,
        Resume resume,
        RetryPolicy retry,
        StreamLimits limits,
        HttpTransport transport) {

    /**
     * Where a stream begins. Immutable.
     *
     * @param initialId the last event id of the first request; the empty string for none
     * @param store where ids are kept; what stands there goes before the initial id
     */
    public record Resume(String initialId, IdStore store) {

        /** At whatever the server sends first; nothing is kept. */
        public static final Resume NONE = new Resume("", IdStore.NONE);

        /**
         * Validates the id.
         *
         * @param initialId the last event id of the first request
         * @param store where ids are kept
         * @throws IllegalArgumentException if initialId holds CR, LF or NUL, or half of a surrogate pair
         */
        public Resume {
            if (initialId.codePoints().anyMatch(Resume::isForbidden)) {
                throw new IllegalArgumentException(
                        "initialId: (expected: no CR, LF or NUL, no half of a surrogate pair)");
            }
        }

        private static boolean isForbidden(int c) {
            return c == '\r'
                    || c == '\n'
                    || c == '\0'
                    || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        }
    }

    /**
     * A stream as WHATWG HTML 9.2 has it, and nothing beyond.
     *
     * @param uri an absolute one of {@code http} or {@code https}
     * @return the options
     * @throws IllegalArgumentException if it is another, or has no host
     */
    public static StreamOptions of(URI uri) {
        Map<String, String> headers = Map.of("Accept", "text/event-stream", "Cache-Control", "no-store");
        return new StreamOptions(
                new ClientRequest("GET", uri, headers, ByteBuffer.allocate(0)),
                HeaderSource.NONE,
                Resume.NONE,
                RetryPolicy.STANDARD,
                StreamLimits.STANDARD,
                HttpTransport.standard());
    }

    /**
     * These options with one more header.
     *
     * @param name its name; a header of that name is replaced
     * @param value its value, sent as UTF-8
     * @return a copy
     * @throws IllegalArgumentException if the name is no token, the header is one that the connection sets, or the value
     *     holds CR, LF or NUL
     */
    public StreamOptions withHeader(String name, String value) {
        return withRequest(request.withHeaders(Map.of(name, value)));
    }

    /**
     * These options with another method and a body, sent again with each attempt.
     *
     * @param method such as {@code POST}
     * @param contentType that of the body
     * @param body the body, sent as UTF-8
     * @return a copy
     * @throws IllegalArgumentException if the method is not letters A to Z
     */
    public StreamOptions withBody(String method, String contentType, String body) {
        ClientRequest typed = request.withHeaders(Map.of("Content-Type", contentType));
        return withRequest(
                new ClientRequest(method, request.uri(), typed.headers(), ByteBuffer.wrap(body.getBytes(UTF_8))));
    }

    /**
     * These options with another request.
     *
     * @param other what is asked on each attempt
     * @return a copy
     */
    public StreamOptions withRequest(ClientRequest other) {
        return new StreamOptions(other, headers, resume, retry, limits, transport);
    }

    /**
     * These options with headers that are asked for before each attempt.
     *
     * @param source gives the headers
     * @return a copy
     */
    public StreamOptions withHeaders(HeaderSource source) {
        return new StreamOptions(request, source, resume, retry, limits, transport);
    }

    /**
     * These options with a bearer token that is asked for before each attempt.
     *
     * @param tokens gives the token; must not block
     * @return a copy
     */
    public StreamOptions withToken(Supplier<? extends CompletionStage<String>> tokens) {
        return withHeaders(HeaderSource.bearer(tokens));
    }

    /**
     * These options with the id after which the first request resumes.
     *
     * @param id the empty string for none
     * @return a copy
     * @throws IllegalArgumentException if it holds CR, LF or NUL, or half of a surrogate pair
     */
    public StreamOptions withInitialId(String id) {
        return new StreamOptions(request, headers, new Resume(id, resume.store), retry, limits, transport);
    }

    /**
     * These options with a store for the last event id.
     *
     * @param store for this stream alone
     * @return a copy
     */
    public StreamOptions withIdStore(IdStore store) {
        return new StreamOptions(request, headers, new Resume(resume.initialId, store), retry, limits, transport);
    }

    /**
     * These options with another policy.
     *
     * @param policy when to try again
     * @return a copy
     */
    public StreamOptions withRetry(RetryPolicy policy) {
        return new StreamOptions(request, headers, resume, policy, limits, transport);
    }

    /**
     * These options with stall detection.
     *
     * @param timeout how long an open stream may be silent
     * @return a copy
     * @throws IllegalArgumentException if it is not within 1 ms and a day
     */
    public StreamOptions withStallTimeout(Duration timeout) {
        return withLimits(
                new StreamLimits(limits.openTimeout(), Optional.of(timeout), limits.maxRedirects(), limits.parser()));
    }

    /**
     * These options with other limits.
     *
     * @param other how long to wait, and what to hold
     * @return a copy
     */
    public StreamOptions withLimits(StreamLimits other) {
        return new StreamOptions(request, headers, resume, retry, other, transport);
    }

    /**
     * These options with another transport.
     *
     * @param other how connections are made
     * @return a copy
     */
    public StreamOptions withTransport(HttpTransport other) {
        return new StreamOptions(request, headers, resume, retry, limits, other);
    }
}
