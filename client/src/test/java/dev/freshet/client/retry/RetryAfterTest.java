package dev.freshet.client.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

    @ParameterizedTest
    @CsvSource({"0,0", "5,5", "' 7 ',7", "3600,3600", "3601,3600", "99999999999999999999,3600"})
    void readsSeconds(String value, long seconds) {
        assertThat(RetryAfter.parse(value, NOW)).hasValue(Duration.ofSeconds(seconds));
    }

    @Test
    void readsADate() {
        assertThat(RetryAfter.parse("Wed, 25 Nov 2026 10:00:30 GMT", NOW)).hasValue(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Wed, 25 Nov 2026 09:00:30 GMT", NOW)).hasValue(Duration.ZERO);
        assertThat(RetryAfter.parse("Thu, 26 Nov 2026 10:00:30 GMT", NOW)).hasValue(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Wed, 25 Nov 2026 10:00:30 GMT",
                "Wednesday, 25-Nov-26 10:00:30 GMT",
                "Wed Nov 25 10:00:30 2026",
            })
    void readsTheThreeFormsOfADate(String value) {
        assertThat(RetryAfter.parse(value, NOW)).hasValue(Duration.ofSeconds(30));
    }

    @Test
    void readsADayOfOneDigitAndAYearOfThePast() {
        Instant sunday = Instant.parse("1994-11-06T08:49:07Z");
        assertThat(RetryAfter.parse("Sun Nov  6 08:49:37 1994", sunday)).hasValue(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Sunday, 06-Nov-94 08:49:37 GMT", sunday)).hasValue(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Sunday, 06-Nov-94 08:49:37 GMT", NOW)).hasValue(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "Wed, 25 Nov 2026", "Thu Nov 25 10:00:30 2026", "\uFF15"})
    void ignoresWhatIsNeither(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }
}
