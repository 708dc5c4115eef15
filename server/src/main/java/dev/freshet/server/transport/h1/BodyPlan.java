package dev.freshet.server.transport.h1;

import dev.freshet.server.http.Headers;
import dev.freshet.server.http.HttpVersion;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.route.BodyLimit;

/**
 * What a head says about the body that follows. Immutable.
 *
 * @param maxBytes the most bytes that are read
 * @param mustContinue whether the client waits for {@code 100 Continue}
 */
record BodyPlan(long maxBytes, boolean mustContinue) {
    /**
     * The plan for a request.
     *
     * @throws ProblemException with 413 or what the limit says if the body is refused, 417 if the client expects the unknown
     */
    static BodyPlan of(Request head, BodyLimit limit) {
        Headers headers = head.headers();
        boolean expects = expectsContinue(head);
        long length = headers.first("Content-Length").map(Long::parseLong).orElse(0L);
        boolean any = length > 0 || headers.contains("Transfer-Encoding");
        long maxBytes = any ? limit.maxBytes(headers.mediaType().orElse("")) : 0;
        if (length > maxBytes) {
            throw Problem.bodyTooLarge(maxBytes).asException();
        }
        return new BodyPlan(maxBytes, expects && any);
    }

    /** RFC 9110 10.1.1; a client of HTTP/1.0 cannot expect anything. */
    private static boolean expectsContinue(Request head) {
        if (head.version() == HttpVersion.HTTP_1_0 || !head.headers().contains("Expect")) {
            return false;
        }
        if (!head.headers().first("Expect").orElse("").equalsIgnoreCase("100-continue")) {
            throw Problem.of(
                            417, "expectation-failed", "Expectation failed", "Expect: unknown (expected: 100-continue)")
                    .asException();
        }
        return true;
    }
}
