package dev.freshet.client;

import dev.freshet.client.json.JsonObject;
import dev.freshet.client.json.JsonReader;
import dev.freshet.client.json.JsonSyntaxException;
import java.util.Set;

/** Tells the hub's word of a gap from an event of somebody else's that has the same type. */
final class Gaps {

    private static final String TYPE = "gap";
    private static final Set<String> REASONS = Set.of("expired", "unknown", "slow");

    private Gaps() {}

    /** A gap if the message is one, else the message. */
    static StreamEvent read(StreamEvent.Message message) {
        if (!message.type().equals(TYPE)) {
            return message;
        }
        try {
            JsonObject said = JsonReader.object(message.data());
            return said.string("reason")
                    .filter(REASONS::contains)
                    .<StreamEvent>map(reason ->
                            new StreamEvent.Gap(reason, said.string("requested"), said.string("earliest"), message))
                    .orElse(message);
        } catch (JsonSyntaxException e) {
            return message;
        }
    }
}
