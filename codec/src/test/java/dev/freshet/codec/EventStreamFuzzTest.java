package dev.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.freshet.codec.EventStreamParser.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Hostile bytes. A normal build replays the inputs in {@code EventStreamFuzzTestInputs}; to search for new ones, one method
 * at a time:
 *
 * <pre>
 * JAZZER_FUZZ=1 ./mvnw test -pl codec -Dtest='EventStreamFuzzTest#cutsDoNotMatter'
 * JAZZER_FUZZ=1 ./mvnw test -pl codec -Dtest='EventStreamFuzzTest#eventsSurvive'
 * </pre>
 *
 * <p>A finding is written beside those inputs and is replayed from then on; what the search learned stays in
 * {@code .cifuzz-corpus}, which is not versioned.
 */
class EventStreamFuzzTest {

    private static final List<Limits> LIMITS = List.of(Limits.DEFAULT, new Limits(24, 40));

    /** Any bytes in any cuts mean the same; nothing but an {@link EventStreamException} is ever thrown. */
    @FuzzTest(maxDuration = "30s")
    void cutsDoNotMatter(byte[] stream) {
        Random random = new Random(Arrays.hashCode(stream));
        for (Limits limits : LIMITS) {
            List<Object> whole = Recording.of(List.of(stream), limits).outcome();
            assertThat(Recording.of(Cuts.every(1, stream), limits).outcome()).isEqualTo(whole);
            assertThat(Recording.of(Cuts.every(2, stream), limits).outcome()).isEqualTo(whole);
            assertThat(Recording.of(Cuts.random(random, stream), limits).outcome())
                    .isEqualTo(whole);
        }
    }

    /** Every event that can be built is read as it was written. */
    @FuzzTest(maxDuration = "30s")
    void eventsSurvive(FuzzedDataProvider input) {
        Random random = new Random(input.consumeInt());
        List<ServerSentEvent> events = new ArrayList<>();
        while (input.remainingBytes() > 0) {
            event(input).ifPresent(events::add);
        }
        RoundTrip.assertSurvives(events, random);
    }

    private static Optional<ServerSentEvent> event(FuzzedDataProvider input) {
        Optional<String> id = input.consumeBoolean() ? Optional.of(input.consumeString(20)) : Optional.empty();
        String type = input.consumeString(20);
        OptionalLong retryMs = input.consumeBoolean() ? OptionalLong.of(input.consumeLong()) : OptionalLong.empty();
        String data = input.consumeString(200);
        try {
            return Optional.of(new ServerSentEvent(id, type, data, retryMs));
        } catch (IllegalArgumentException e) {
            assertThat(mayBeRefused(id.orElse(""), type, data, retryMs)).isTrue();
            return Optional.empty();
        }
    }

    private static boolean mayBeRefused(String id, String type, String data, OptionalLong retryMs) {
        boolean line = (id + type).matches("(?s).*[\r\n\0].*");
        boolean surrogate = (id + " " + type + " " + data).codePoints().anyMatch(EventStreamFuzzTest::isSurrogate);
        return line || surrogate || retryMs.orElse(0) < 0;
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
