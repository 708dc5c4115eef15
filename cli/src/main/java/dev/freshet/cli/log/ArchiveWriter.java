package dev.freshet.cli.log;

import dev.freshet.cli.http.JsonText;
import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import dev.freshet.log.sqlite.upkeep.ArchiveEnd;
import dev.freshet.log.sqlite.upkeep.ArchivePart;
import dev.freshet.log.sqlite.upkeep.ArchivedEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes the lines of an export: a JSON object for each event, one for its end, and one before them if it is a part of a log.
 * The same event is always the same line. Confined to one thread.
 */
final class ArchiveWriter {
    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();

    ArchiveWriter(OutputStream out) {
        this.out = out;
    }

    void write(ArchivePart part) throws WriteFailedException {
        line.append('{');
        name("part").append('{');
        if (!part.topics().isEmpty()) {
            list("topic", part.topics());
        }
        part.since().ifPresent(since -> text("since", since));
        part.after().ifPresent(after -> text("after", after));
        line.append('}');
        end();
    }

    void write(ArchivedEvent event) throws WriteFailedException {
        Publication publication = event.publication();
        ServerSentEvent sent = publication.event();
        line.append('{');
        event.place().ifPresent(place -> text("position", place.id()));
        text("time", Instant.ofEpochMilli(event.timeMs()).toString());
        publication
                .ttl()
                .ifPresent(ttl -> text(
                        "expires",
                        Instant.ofEpochMilli(event.timeMs()).plus(ttl).toString()));
        topics(publication.topics());
        sent.id().ifPresent(id -> text("id", id));
        if (!sent.type().equals(ServerSentEvent.DEFAULT_TYPE)) {
            text("type", sent.type());
        }
        sent.retryMs().ifPresent(retryMs -> name("retry").append(retryMs));
        if (publication.isPrivate()) {
            name("private").append(true);
        }
        text("data", sent.data());
        end();
    }

    void write(ArchiveEnd end) throws WriteFailedException {
        line.append('{');
        text("head", end.head().id());
        name("thinned").append('{');
        new TreeMap<>(end.thinned())
                .forEach((rule, upTo) -> text(rule, new EventPosition(end.head().epoch(), upTo).id()));
        line.append('}');
        end();
    }

    private void topics(List<Topic> topics) {
        if (topics.size() == 1) {
            text("topic", topics.get(0).name());
            return;
        }
        list("topic", topics.stream().map(Topic::name).toList());
    }

    private void list(String name, List<String> values) {
        name(name).append('[');
        for (String value : values) {
            separate();
            JsonText.appendString(line, value);
        }
        line.append(']');
    }

    private void text(String name, String value) {
        JsonText.appendString(name(name), value);
    }

    private StringBuilder name(String name) {
        separate();
        JsonText.appendString(line, name);
        return line.append(':');
    }

    private void separate() {
        char last = line.charAt(line.length() - 1);
        if (last != '{' && last != '[') {
            line.append(',');
        }
    }

    void flush() throws WriteFailedException {
        write(out::flush);
    }

    private void end() throws WriteFailedException {
        byte[] bytes = line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
        line.setLength(0);
        write(() -> out.write(bytes));
    }

    private static void write(Writing writing) throws WriteFailedException {
        try {
            writing.run();
        } catch (IOException e) {
            throw new WriteFailedException(e);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
