package dev.freshet.client.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.client.http.ResponseHead;
import dev.freshet.client.json.JsonObject;
import dev.freshet.client.json.JsonReader;
import dev.freshet.client.json.JsonSyntaxException;
import dev.freshet.client.publish.PublishException.Problem;
import dev.freshet.client.publish.PublishException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Collects one answer of a hub and says what it means. Confined to one request. */
final class AnswerReader {

    private static final int MAX_BYTES = 16 << 20;

    private final ResponseHead head;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    AnswerReader(ResponseHead head) {
        this.head = head;
    }

    ResponseHead head() {
        return head;
    }

    /** Whether the bytes still fit. */
    boolean add(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        body.writeBytes(copy);
        return body.size() <= MAX_BYTES;
    }

    /** The ids of so many events. */
    List<String> ids(int events) {
        if (head.status() != 200) {
            throw PublishException.refused(problem());
        }
        try {
            JsonObject answer = JsonReader.object(body.toString(UTF_8));
            List<String> ids = answer.strings("ids")
                    .or(() -> answer.string("id").map(List::of))
                    .orElse(List.of());
            if (ids.size() == events) {
                return ids;
            }
            throw PublishException.of(Reason.BAD_ANSWER, ids.size() + " ids (expected: " + events + ")");
        } catch (JsonSyntaxException e) {
            throw PublishException.of(Reason.BAD_ANSWER, "an answer that is not a hub's", e);
        }
    }

    private Problem problem() {
        try {
            return Problem.of(head, JsonReader.object(body.toString(UTF_8)));
        } catch (JsonSyntaxException e) {
            return Problem.of(head);
        }
    }
}
