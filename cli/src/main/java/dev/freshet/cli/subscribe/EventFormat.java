package dev.freshet.cli.subscribe;

import dev.freshet.cli.http.JsonText;
import dev.freshet.codec.ServerSentEvent;

/** How an event is printed. */
public enum EventFormat {
    /** The data alone. */
    PLAIN {
        @Override
        void append(StringBuilder out, ServerSentEvent event) {
            out.append(event.data()).append('\n');
        }
    },
    /** Id and type before the data. */
    VERBOSE {
        @Override
        void append(StringBuilder out, ServerSentEvent event) {
            appendNamed(out, event, "", "", "");
        }
    },
    /** The same for a terminal with colours. */
    COLOURED {
        @Override
        void append(StringBuilder out, ServerSentEvent event) {
            appendNamed(out, event, "\u001b[2m", "\u001b[36m", "\u001b[0m");
        }
    },
    /** A JSON object on one line. */
    JSON {
        @Override
        void append(StringBuilder out, ServerSentEvent event) {
            out.append('{');
            event.id().ifPresent(id -> appendMember(out, "\"id\":", id).append(','));
            appendMember(out, "\"type\":", event.type()).append(',');
            appendMember(out, "\"data\":", event.data()).append("}\n");
        }
    };

    abstract void append(StringBuilder out, ServerSentEvent event);

    private static void appendNamed(
            StringBuilder out, ServerSentEvent event, String ofId, String ofType, String afterwards) {
        event.id()
                .ifPresent(id -> out.append(ofId).append(id).append(afterwards).append(' '));
        if (!event.type().equals(ServerSentEvent.DEFAULT_TYPE)) {
            out.append(ofType).append(event.type()).append(afterwards).append(' ');
        }
        out.append(event.data()).append('\n');
    }

    private static StringBuilder appendMember(StringBuilder out, String name, String value) {
        JsonText.appendString(out.append(name), value);
        return out;
    }
}
