package dev.freshet.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stream of {@code event-stream.json} and what it means. Property names are those of the file.
 *
 * @param events type, data and last event id of each
 */
record Vector(
        String name,
        List<String> chunks_hex,
        List<List<String>> events,
        String lastEventId,
        @Nullable BigInteger retry,
        List<String> comments) {

    static List<Vector> all() {
        try (InputStream file = Vector.class.getResourceAsStream("event-stream.json")) {
            return List.of(new JsonMapper().readValue(Objects.requireNonNull(file), Vector[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty chunk would end the body. */
    List<byte[]> chunks() {
        return chunks_hex.stream()
                .map(HexFormat.of()::parseHex)
                .filter(chunk -> chunk.length > 0)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
