package dev.freshet.client.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the header {@code Retry-After} (RFC 9110 10.2.3). */
public final class RetryAfter {

    private RetryAfter() {}

    /**
     * How long to wait.
     *
     * @param value the header's value: seconds, or a date of HTTP
     * @param now the time from which a date counts
     * @return the wait, zero for a date that has passed, {@link RetryPolicy#LONGEST} for anything longer; empty for what is
     *     neither
     */
    public static Optional<Duration> parse(String value, Instant now) {
        String text = value.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(atMostLongest(text.length() > 9 ? RetryPolicy.LONGEST : seconds(text)));
        }
        return date(text).map(date -> atMostLongest(Duration.between(now, date)));
    }

    private static Duration seconds(String digits) {
        return Duration.ofSeconds(Long.parseLong(digits));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration atMostLongest(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(RetryPolicy.LONGEST) > 0 ? RetryPolicy.LONGEST : wait;
    }
}
