package dev.freshet.server.publish;

import dev.freshet.hub.publication.Publication;
import dev.freshet.server.http.Headers;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import java.util.List;

/** How a request describes its publications. */
enum Format {
    /** One JSON object. */
    JSON("application/json") {
        @Override
        List<Publication> read(byte[] body) {
            return List.of(JsonReader.one(body));
        }
    },
    /** Names and values of an HTML form. */
    FORM("application/x-www-form-urlencoded") {
        @Override
        List<Publication> read(byte[] body) {
            return List.of(FormReader.read(body));
        }
    },
    /** A JSON object on each line. */
    NDJSON("application/x-ndjson") {
        @Override
        List<Publication> read(byte[] body) {
            return JsonReader.lines(body);
        }
    };

    private static final String ACCEPTED = JSON.mediaType + ", " + FORM.mediaType + ", " + NDJSON.mediaType;

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    abstract List<Publication> read(byte[] body);

    static Format of(String mediaType) {
        for (Format format : values()) {
            if (format.mediaType.equals(mediaType)) {
                return format;
            }
        }
        String detail = "Content-Type: " + (mediaType.isEmpty() ? "missing" : mediaType) + " (expected: " + ACCEPTED
                + "; raw data goes to /events/TOPIC)";
        Problem problem = Problem.of(415, "unsupported-media-type", "Unsupported media type", detail);
        throw new ProblemException(problem, Headers.of("Accept-Post", ACCEPTED));
    }
}
