package dev.freshet.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import dev.freshet.log.sqlite.upkeep.ArchiveEnd;
import dev.freshet.log.sqlite.upkeep.ArchivedEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchiveReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final int MANY = 5000;

    private final ArchiveReader reader = new ArchiveReader(InstantSource.fixed(NOW));

    @Test
    void readsWhatTheWriterWrites() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<ArchivedEvent> events =
                Stream.generate(() -> event(random)).limit(MANY).toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveWriter writer = new ArchiveWriter(out);
        for (ArchivedEvent event : events) {
            writer.write(event);
        }

        LineReader lines = new LineReader(new ByteArrayInputStream(out.toByteArray()), 1 << 20);
        for (ArchivedEvent event : events) {
            byte[] line = lines.next().orElseThrow();
            assertThat(reader.read(line))
                    .as("-Dseed=%d, line %d", seed, lines.number())
                    .isEqualTo(event);
        }
        assertThat(lines.next()).isEmpty();
    }

    @Test
    void readsTheEnd() throws IOException {
        ArchiveEnd end = new ArchiveEnd(new EventPosition("k7f2", 100), Map.of("orders/{id}", 99L, "*", 1L));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ArchiveWriter(out).write(end);

        assertThat(out)
                .hasToString("{\"head\":\"k7f2-2s\",\"thinned\":{\"*\":\"k7f2-1\",\"orders/{id}\":\"k7f2-2r\"}}\n");
        assertThat(reader.read(out.toByteArray())).isEqualTo(end);
    }

    @Test
    void timesThatAreMissingAreNow() {
        ArchivedEvent event = new ArchivedEvent(
                Optional.empty(),
                NOW.toEpochMilli(),
                new Publication(
                        ServerSentEvent.of("b"), List.of(new Topic("a")), false, Optional.of(Duration.ofMinutes(1))));
        assertThat(read("{\"topic\":\"a\",\"data\":\"b\",\"ttl\":60}")).isEqualTo(event);
        assertThat(read("{\"topic\":\"a\",\"data\":\"b\",\"ttl\":\"PT1M\"}")).isEqualTo(event);
        assertThat(read("{\"topic\":\"a\",\"data\":\"b\",\"expires\":\"2026-11-25T10:01:00Z\"}"))
                .isEqualTo(event);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] line = "{\"topic\":\"a\",\"data\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> reader.read(line)).hasMessage("JSON: not UTF-8 (expected: UTF-8)");
        assertThat(read("{\"topic\":\"a\",\"data\":\"\uFFFD\"}")).isInstanceOf(ArchivedEvent.class);
    }

    /** The event was lost without a word. */
    @Test
    void aLineIsOneThing() {
        assertThatThrownBy(() -> read("{\"part\":{},\"topic\":\"a\",\"data\":\"x\"}"))
                .hasMessage("topic: beside part (expected: only part on that line)");
        assertThatThrownBy(() -> read("{\"data\":\"x\",\"topic\":\"a\",\"head\":\"k7f2-2\"}"))
                .hasMessage("data: beside head (expected: only head and thinned on that line)");
        assertThatThrownBy(() -> read("{\"part\":{},\"head\":\"k7f2-2\"}"))
                .hasMessage("head: beside part (expected: only part on that line)");
        assertThatThrownBy(() -> read("{\"topic\":\"a\",\"data\":\"x\",\"thinned\":{}}"))
                .hasMessage("thinned: without head (expected: both, at the end of an export)");
    }

    @Test
    void linesHaveALimit() throws IOException {
        LineReader lines = new LineReader(new ByteArrayInputStream(new byte[3 << 20]), 1 << 20);
        assertThatThrownBy(lines::next).hasMessageContaining("line 1: over 1 MiB (expected: ");
    }

    private Object read(String line) {
        return reader.read(line.getBytes(StandardCharsets.UTF_8));
    }

    private static ArchivedEvent event(Random random) {
        Optional<String> id = random.nextBoolean() ? Optional.of("i" + random.nextInt()) : Optional.empty();
        OptionalLong retryMs = random.nextBoolean() ? OptionalLong.of(random.nextInt(1000)) : OptionalLong.empty();
        Optional<Duration> ttl =
                random.nextBoolean() ? Optional.of(Duration.ofMillis(1 + random.nextInt())) : Optional.empty();
        List<Topic> topics = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> new Topic("t/" + i + "/" + random.nextInt(9)))
                .toList();
        String type = random.nextBoolean() ? "" : "type " + random.nextInt(9);
        ServerSentEvent event = new ServerSentEvent(id, type, text(random), retryMs);
        return new ArchivedEvent(
                Optional.of(new EventPosition("k7f2", 1 + random.nextInt(1 << 30))),
                random.nextInt() & 0x7fffffffL,
                new Publication(event, topics, random.nextBoolean(), ttl.filter(one -> !one.isNegative())));
    }

    /** All sorts of characters, but no half of a pair. */
    private static String text(Random random) {
        int[] kinds = {0x20, 0x80, 0x800, 0x10000, 0x110000};
        return random.ints(random.nextInt(60), 0, kinds.length)
                .map(kind -> random.nextInt(kinds[kind]))
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
