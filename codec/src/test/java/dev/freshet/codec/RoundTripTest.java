package dev.freshet.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random events survive writing and reading; {@code -Dseed=N} repeats a run. */
class RoundTripTest {

    private static final String[] PIECES = {
        "",
        " ",
        "  ",
        ":",
        "a",
        "data",
        "data: x",
        "id: 7",
        "event: y",
        "retry: 9",
        "\t",
        "0",
        "é",
        "豆",
        "😀",
        "\uFEFF",
        "\uFFFD",
        "\u2028",
        "\u0085",
        "\u000B",
        "\u007F",
        "0123456789abcdef",
        "x".repeat(300)
    };
    private static final String[] DATA_ONLY_PIECES = {"\n", "\r", "\r\n", "\n\n", "\0", "\n\r"};

    private final Random random = new Random(Seed.print("RoundTripTest"));

    @Test
    void survivesWritingAndReading() {
        for (int round = 0; round < 3_000; round++) {
            RoundTrip.assertSurvives(events(), random);
        }
    }

    private List<ServerSentEvent> events() {
        List<ServerSentEvent> events = new ArrayList<>();
        for (int left = random.nextInt(8); left >= 0; left--) {
            events.add(event());
        }
        return events;
    }

    private ServerSentEvent event() {
        Optional<String> id = random.nextBoolean() ? Optional.of(line()) : Optional.empty();
        String type = random.nextBoolean() ? line() : "";
        OptionalLong retryMs = random.nextInt(4) == 0
                ? OptionalLong.of(random.nextLong() >>> (1 + random.nextInt(63)))
                : OptionalLong.empty();
        return new ServerSentEvent(id, type, data(), retryMs);
    }

    private String line() {
        return text(PIECES, PIECES);
    }

    private String data() {
        return text(PIECES, DATA_ONLY_PIECES);
    }

    private String text(String[] some, String[] others) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(6); left > 0; left--) {
            String[] pieces = random.nextInt(3) == 0 ? others : some;
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
