package dev.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The streams of {@code event-stream.json}, each in several cuts. */
class EventStreamVectorsTest {

    /**
     * One stream and what it means. Property names are those of the file.
     *
     * @param events type, data and last event id of each
     * @param retry the last valid one, of any size
     */
    record Vector(
            String name,
            List<String> chunks_hex,
            List<List<String>> events,
            String lastEventId,
            @Nullable BigInteger retry,
            List<String> comments) {

        List<byte[]> chunks() {
            return chunks_hex.stream().map(HexFormat.of()::parseHex).toList();
        }

        byte[] joined() {
            return Cuts.join(chunks());
        }

        List<Long> clampedRetry() {
            return retry == null
                    ? List.of()
                    : List.of(retry.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (InputStream file = EventStreamVectorsTest.class.getResourceAsStream("event-stream.json")) {
            return Stream.of(new JsonMapper().readValue(Objects.requireNonNull(file), Vector[].class));
        }
    }

    @Test
    void thereAre88() throws IOException {
        assertThat(vectors()).hasSize(88);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsAsCutInTheFile(Vector vector) {
        assertMeaning(vector, vector.chunks());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsInOnePiece(Vector vector) {
        assertMeaning(vector, List.of(vector.joined()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsByteByByte(Vector vector) {
        assertMeaning(vector, Cuts.every(1, vector.joined()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsInCutsOfTwoBytes(Vector vector) {
        assertMeaning(vector, Cuts.every(2, vector.joined()));
    }

    private static void assertMeaning(Vector vector, List<byte[]> chunks) {
        Recording recording = Recording.of(chunks);
        List<Long> retries = recording.retries;
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(recording.events)
                    .map(EventStreamVectorsTest::triple)
                    .isEqualTo(vector.events());
            softly.assertThat(recording.lastEventId).isEqualTo(vector.lastEventId());
            softly.assertThat(retries.subList(Math.max(0, retries.size() - 1), retries.size()))
                    .isEqualTo(vector.clampedRetry());
            softly.assertThat(recording.comments).isEqualTo(vector.comments());
            softly.assertThat(recording.refused).isEmpty();
        });
    }

    private static List<String> triple(ServerSentEvent event) {
        return List.of(event.type(), event.data(), event.id().orElse(""));
    }
}
