package dev.freshet.hub.log.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.hub.log.durable.DurableLogOptions.Keys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DurableLogOptionsTest {
    private static final OptionalLong NONE = OptionalLong.empty();
    private static final Path DIRECTORY = Path.of("log");
    private static final Keys KEYS = new Keys(0, Duration.ZERO);

    /** With -5 events the log would have begun behind its own end. */
    @Test
    void acceptsNoRetentionThatKeepsNothing() {
        assertThatThrownBy(() -> events(-5)).hasMessage("retention: -5 events (expected: at least 1)");
        assertThatThrownBy(() -> events(0)).hasMessageContaining("0 events");
        assertThatThrownBy(() -> bytes(-1)).hasMessageContaining("-1 bytes");
        assertThatThrownBy(() -> age(Duration.ofMillis(-1))).hasMessageContaining("an age of PT-0.001S");
        assertThatThrownBy(() -> age(Duration.ofNanos(999_999))).hasMessageContaining("expected: 1 ms");
        assertThat(events(1).maxEvents()).hasValue(1);
        assertThat(bytes(1).maxBytes()).hasValue(1);
        assertThat(age(Duration.ofMillis(1)).maxAge()).contains(Duration.ofMillis(1));
    }

    /** It has to fit a number of milliseconds. */
    @Test
    void acceptsNoAgeThatNobodyCanCount() {
        assertThatThrownBy(() -> age(Duration.ofSeconds(Long.MAX_VALUE))).hasMessageContaining("36500 days");
        assertThat(age(Duration.ofDays(36_500)).maxAge()).isPresent();
    }

    @Test
    void acceptsNoKeysThatCannotBeRemembered() {
        assertThatThrownBy(() -> new Keys(-1, Duration.ZERO)).hasMessageContaining("keys: -1");
        assertThatThrownBy(() -> new Keys(1, Duration.ofMillis(-1))).hasMessageContaining("retention of keys");
        assertThatThrownBy(() -> new Keys(1, Duration.ofDays(366))).hasMessageContaining("365 days");
    }

    @Test
    void acceptsNoQueueInWhichNothingMayWait() {
        assertThatThrownBy(() -> options(0, 1, 1)).hasMessageContaining("0, 1, 1 (expected: at least 1)");
        assertThatThrownBy(() -> options(1, 0, 1)).hasMessageContaining("1, 0, 1");
        assertThatThrownBy(() -> options(1, 1, 0)).hasMessageContaining("1, 1, 0");
    }

    private static DurableLogOptions options(int waiting, long bytes, int reads) {
        return new DurableLogOptions(DIRECTORY, waiting, bytes, reads, KEYS, Retention.FOR_EVER);
    }

    private static Retention events(long max) {
        return new Retention(Optional.empty(), OptionalLong.of(max), NONE, List.of());
    }

    private static Retention bytes(long max) {
        return new Retention(Optional.empty(), NONE, OptionalLong.of(max), List.of());
    }

    private static Retention age(Duration max) {
        return new Retention(Optional.of(max), NONE, NONE, List.of());
    }
}
