package dev.freshet.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "1023, '1,023 bytes'",
        "1024, 1.0 KiB",
        "1572864, 1.5 MiB",
        "5497558138880, 5.0 TiB"
    })
    void writesSizes(long sizeBytes, String text) {
        assertThat(Amounts.size(sizeBytes)).isEqualTo(text);
    }

    @Test
    void writesCounts() {
        assertThat(Amounts.count(1, "event")).isEqualTo("1 event");
        assertThat(Amounts.count(12_000, "event")).isEqualTo("12,000 events");
    }

    @ParameterizedTest
    @CsvSource({
        "10m, 2026-11-25T09:50:00Z",
        "2d, 2026-11-23T10:00:00Z",
        "PT1H, 2026-11-25T09:00:00Z",
        "2026-11-20T10:00:00.5Z, 2026-11-20T10:00:00.5Z"
    })
    void readsTimes(String text, Instant time) {
        assertThat(TimeText.read(text, NOW)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({"soon", "10", "P", "99999999999999999999d", "PT99999999999999H"})
    void saysHowTimesAreWritten(String text) {
        assertThatThrownBy(() -> TimeText.read(text, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' (expected: a time such as");
    }
}
