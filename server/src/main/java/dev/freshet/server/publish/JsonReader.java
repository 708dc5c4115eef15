package dev.freshet.server.publish;

import dev.freshet.hub.publication.InvalidPublicationException;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.InvalidTopicException;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads publications from JSON (RFC 8259): one object, or one on each line. Confined to one call.
 *
 * <p>Data that is not a string is taken as it was written, without white space; numbers keep all of their digits.
 */
final class JsonReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final byte[] body;
    private final JsonParser parser;

    private JsonReader(byte[] body) {
        this.body = body;
        Utf8Text.decode("body", body);
        requireUtf8Json(body);
        this.parser = FACTORY.createParser(ObjectReadContext.empty(), body);
    }

    /** The parser would take zeros at the beginning for a sign of UTF-16 or UTF-32, and count other bytes than ours. */
    private static void requireUtf8Json(byte[] body) {
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0) {
                throw new InvalidPublicationException("body: NUL at byte " + i + " (expected: JSON in UTF-8)");
            }
        }
    }

    static Publication one(byte[] body) {
        JsonReader reader = new JsonReader(body);
        return reader.explained(false, reader::onlyOne);
    }

    static List<Publication> lines(byte[] body) {
        JsonReader reader = new JsonReader(body);
        List<Publication> publications = reader.explained(true, reader::allLines);
        if (publications.isEmpty()) {
            throw reader.problem("batch: empty (expected: an object on each line)", false);
        }
        return publications;
    }

    private Publication onlyOne() {
        parser.nextToken();
        Publication publication = object();
        if (parser.nextToken() != null) {
            throw unexpected("nothing behind the object");
        }
        return publication;
    }

    private List<Publication> allLines() {
        List<Publication> publications = new ArrayList<>();
        int lastLine = 0;
        while (parser.nextToken() != null) {
            int line = parser.currentTokenLocation().getLineNr();
            if (line == lastLine) {
                throw unexpected("one object on a line; curl keeps the lines of a file with --data-binary");
            }
            publications.add(object());
            lastLine = parser.currentTokenLocation().getLineNr();
            if (line != lastLine) {
                throw unexpected("an object that ends on its line");
            }
        }
        return publications;
    }

    private Publication object() {
        require(JsonToken.START_OBJECT, "an object such as {\"topic\":\"a\",\"data\":\"b\"}");
        Draft draft = new Draft();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            member(draft, name);
        }
        return draft.publication();
    }

    private void member(Draft draft, String name) {
        switch (name) {
            case "topic" -> topics(draft);
            case "data" -> draft.data(data());
            case "type" -> draft.type(string("type"));
            case "id" -> draft.id(string("id"));
            case "retry" -> draft.retry(number());
            case "ttl" -> draft.ttl(ttl());
            case "private" -> draft.isPrivate(truth());
            default -> throw unexpected("one of " + Json.MEMBERS + ", not \"" + name + "\"");
        }
    }

    private void topics(Draft draft) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            draft.topic(string("topic"));
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            draft.topic(string("topic"));
        }
    }

    private String data() {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        return Json.compact(body, start, end);
    }

    private String string(String name) {
        require(JsonToken.VALUE_STRING, name + " as a string");
        return parser.getString();
    }

    private String ttl() {
        if (parser.currentToken() != JsonToken.VALUE_STRING && parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw unexpected("ttl as a whole number of seconds, or a duration such as \"10m\"");
        }
        return parser.getString();
    }

    private String number() {
        require(JsonToken.VALUE_NUMBER_INT, "retry as a whole number of milliseconds");
        return parser.getString();
    }

    private String truth() {
        if (parser.currentToken() != JsonToken.VALUE_TRUE && parser.currentToken() != JsonToken.VALUE_FALSE) {
            throw unexpected("private as true or false");
        }
        return parser.getString();
    }

    private void require(JsonToken token, String expected) {
        if (parser.currentToken() != token) {
            throw unexpected(expected);
        }
    }

    private ProblemException unexpected(String expected) {
        return problem(
                "JSON: unexpected " + place(parser.currentTokenLocation()) + " (expected: " + expected + ")", false);
    }

    /** Says where the input was wrong, and never quotes it. */
    private <T> T explained(boolean hasLines, Reading<T> reading) {
        try {
            return reading.read();
        } catch (JacksonException e) {
            throw problem(unreadable(e), hasLines);
        } catch (ProblemException e) {
            throw hasLines ? new ProblemException(withLine(e.problem())) : e;
        } catch (InvalidPublicationException | InvalidTopicException e) {
            if (!hasLines) {
                throw e;
            }
            throw problem("line " + line() + ": " + e.getMessage(), true);
        }
    }

    /** The parser has no exception of its own for names that are repeated. */
    private static String unreadable(JacksonException e) {
        String place = e.getLocation() == null ? "" : place(e.getLocation());
        return e.getOriginalMessage().startsWith("Duplicate")
                ? "JSON: a name is repeated " + place + " (expected: each name once)"
                : "JSON: unreadable " + place + " (expected: RFC 8259)";
    }

    private ProblemException problem(String detail, boolean hasLine) {
        Problem problem = Problem.of(400, "invalid-json", "Invalid JSON", detail);
        return (hasLine ? withLine(problem) : problem).asException();
    }

    private Problem withLine(Problem problem) {
        return problem.with("line", line());
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String place(TokenStreamLocation at) {
        return "at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private interface Reading<T> {
        T read();
    }
}
