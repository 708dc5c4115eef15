package dev.freshet.hub.log.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.hub.log.AppendRefusedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RememberedKeysTest {
    private static final long A = 7;
    private static final long B = 9;

    private static final long WHAT = 1L;
    /** Differs from the other in its upper half alone. */
    private static final long ELSE = 1L << 32 | WHAT;

    private final RememberedKeys keys = new RememberedKeys(new MemoryLogOptions(1, 1, 2, Duration.ofMillis(100)));

    @Test
    void remembersUntilTheRetentionIsOver() {
        keys.remember("key", WHAT, A, 1000);

        assertThat(keys.find("key", WHAT, 1100)).contains(A);
        assertThat(keys.find("key", WHAT, 1101)).isEmpty();
        assertThat(keys.find("key", WHAT, 1000)).isEmpty();
    }

    @Test
    void countsFromTheFirstUseNotTheLastQuestion() {
        keys.remember("key", WHAT, A, 1000);
        keys.find("key", WHAT, 1090);

        assertThat(keys.find("key", WHAT, 1101)).isEmpty();
    }

    @Test
    void refusesAKeyForSomethingElse() {
        keys.remember("key", WHAT, A, 1000);

        assertThat(keys.find("key", WHAT, 1000)).contains(A);
        assertThatThrownBy(() -> keys.find("key", ELSE, 1000))
                .isInstanceOfSatisfying(
                        AppendRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(AppendRefusedException.Cause.KEY_REUSED));
        assertThat(keys.find("key", ELSE, 1101)).isEmpty();
    }

    @Test
    void givesUpTheOldestFirst() {
        keys.remember("one", WHAT, A, 1000);
        keys.remember("two", WHAT, B, 1000);
        keys.remember("three", WHAT, A, 1000);

        assertThat(keys.find("one", WHAT, 1000)).isEmpty();
        assertThat(keys.find("two", WHAT, 1000)).contains(B);
        assertThat(keys.find("three", WHAT, 1000)).contains(A);
    }

    @Test
    void remembersNothingWhenThereIsNoRoom() {
        RememberedKeys none = new RememberedKeys(new MemoryLogOptions(1, 1, 0, Duration.ofMillis(100)));
        none.remember("key", WHAT, A, 1000);

        assertThat(none.find("key", WHAT, 1000)).isEmpty();
    }
}
