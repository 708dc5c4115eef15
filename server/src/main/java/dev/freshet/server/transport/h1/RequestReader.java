package dev.freshet.server.transport.h1;

import dev.freshet.server.http.Headers;
import dev.freshet.server.http.HttpVersion;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Target;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.ContentLengthNotAllowedException;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes a {@link Request} of what Netty decoded, and refuses what HTTP/1.1 forbids or this server does not know. */
final class RequestReader {
    private RequestReader() {}

    /**
     * The head as a request.
     *
     * @throws ProblemException if the target, the host, the version or the transfer coding is wrong
     */
    static Request read(HttpRequest decoded, InetSocketAddress peer) {
        HttpVersion version = version(decoded.protocolVersion().text());
        Headers headers = headers(decoded);
        checkHost(headers, version);
        checkTransferCoding(headers);
        Target target = Target.parse(decoded.uri());
        return new Request(decoded.method().name(), target, headers, version, peer);
    }

    /** What is wrong with a head that could not be decoded. Netty's own words may hold a part of it, so they are not used. */
    static Problem headProblem(DecoderResult failure, int maxBytes) {
        if (failure.cause() instanceof TooLongHttpLineException) {
            return Problem.of(
                    414,
                    "uri-too-long",
                    "URI too long",
                    "request line: too long (expected: at most " + maxBytes + " bytes)");
        }
        if (failure.cause() instanceof TooLongHttpHeaderException) {
            String detail = "headers: too large (expected: at most " + maxBytes + " bytes)";
            return Problem.of(431, "headers-too-large", "Header fields too large", detail);
        }
        if (failure.cause() instanceof ContentLengthNotAllowedException) {
            return Problem.badRequest("headers: Content-Length besides Transfer-Encoding (expected: one of them)");
        }
        return Problem.badRequest("request: not readable (expected: HTTP/1.1 or HTTP/1.0)");
    }

    /** What is wrong with a body that could not be decoded. */
    static Problem bodyProblem() {
        return Problem.badRequest("body: not readable (expected: chunks as in RFC 9112 7.1)");
    }

    private static HttpVersion version(String text) {
        return switch (text) {
            case "HTTP/1.1" -> HttpVersion.HTTP_1_1;
            case "HTTP/1.0" -> HttpVersion.HTTP_1_0;
            default ->
                throw Problem.of(
                                505,
                                "version-not-supported",
                                "Version not supported",
                                "version: " + text + " (expected: HTTP/1.1 or HTTP/1.0)")
                        .asException();
        };
    }

    private static Headers headers(HttpRequest decoded) {
        List<String> fields = new ArrayList<>(2 * decoded.headers().size());
        for (Map.Entry<String, String> field : decoded.headers()) {
            fields.add(field.getKey());
            fields.add(HeaderText.decode(field.getValue()));
        }
        try {
            return Headers.of(fields);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("headers: a control character in a value (expected: none)")
                    .asException();
        }
    }

    /** RFC 9112 3.2: exactly one in HTTP/1.1. */
    private static void checkHost(Headers headers, HttpVersion version) {
        int hosts = headers.all("Host").size();
        if (hosts > 1 || (hosts == 0 && version == HttpVersion.HTTP_1_1)) {
            throw Problem.badRequest("Host: " + hosts + " fields (expected: 1)").asException();
        }
    }

    private static void checkTransferCoding(Headers headers) {
        for (String coding : headers.all("Transfer-Encoding")) {
            if (!coding.strip().equalsIgnoreCase("chunked")) {
                String detail = "Transfer-Encoding: a coding that is not known (expected: chunked)";
                throw Problem.of(501, "coding-not-supported", "Transfer coding not supported", detail)
                        .asException();
            }
        }
    }
}
