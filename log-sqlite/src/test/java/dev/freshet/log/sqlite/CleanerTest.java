package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CleanerTest {
    /** Six million events times two tebibytes are more than a number holds. */
    @Test
    void countsWhatIsTooMuchInAFileOfTebibytesWithoutAnOverflow() {
        assertThat(Cleaner.tooMany(3L << 40, 1L << 40, 6_000_000)).isEqualTo(201);
        assertThat(Cleaner.tooMany(3L << 40, (3L << 40) - (1 << 20), 6_000_000)).isEqualTo(2);
        assertThat(Cleaner.tooMany(1000, 500, 0)).isZero();
        assertThat(Cleaner.tooMany(1000, 500, 1)).isEqualTo(1);
        assertThat(Cleaner.tooMany(1000, 1000, 5)).isZero();
    }
}
