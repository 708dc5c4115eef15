package dev.freshet.log.sqlite.salvage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.log.sqlite.file.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that a damaged table shows at places that are not theirs. */
class TableSalvageTest {
    @TempDir
    private Path directory;

    private final List<Long> saved = new ArrayList<>();

    /** One wrong place far ahead cost all rows between, and none of them was counted. */
    @Test
    void aRowThatIsFarAheadCostsItselfAlone() throws SQLException {
        TableSalvage<Long> salvage = read(places(1, 7), Map.of(4L, 5000L), 10_000);

        assertThat(saved).containsExactly(1L, 2L, 3L, 5L, 6L, 7L);
        assertThat(salvage.lost()).isEqualTo(1);
        assertThat(salvage.lastLost()).isEqualTo(4);
    }

    @Test
    void aRowThatIsFarBehindCostsItselfAlone() throws SQLException {
        TableSalvage<Long> salvage = read(places(11, 15), Map.of(13L, 3L), 100);

        assertThat(saved).containsExactly(11L, 12L, 14L, 15L);
        assertThat(salvage.lost()).isEqualTo(1);
        assertThat(salvage.lastLost()).isEqualTo(13);
    }

    /** They were seen again with the next portion, and counted each time. */
    @Test
    void badRowsBehindTheLastSoundOneAreCountedOnce() throws SQLException {
        TableSalvage<Long> salvage = read(places(1, 6), Map.of(4L, 1L, 5L, 1L), 10_000);

        assertThat(saved).containsExactly(1L, 2L, 3L, 6L);
        assertThat(salvage.lost()).isEqualTo(2);
    }

    @Test
    void readsASoundTableWithHolesAsItIs() throws SQLException {
        List<Long> sound = places(1, 3000).stream().filter(i -> i % 7 != 0).toList();
        TableSalvage<Long> salvage = read(sound, Map.of(), 3001);

        assertThat(saved).isEqualTo(sound);
        assertThat(salvage.lost()).isZero();
    }

    /** Rows are found by their true places, and show others. */
    private TableSalvage<Long> read(List<Long> places, Map<Long, Long> shown, long end) throws SQLException {
        Database database = new Database(directory);
        database.loadLibrary();
        database.openWriter().close();
        try (DamagedLog log = DamagedLog.open(database)) {
            TableSalvage<Long> salvage = new TableSalvage<>(
                    log,
                    (statements, range, max) -> places.stream()
                            .filter(place -> place >= range.first() && place < range.end())
                            .limit(max)
                            .map(place -> shown.getOrDefault(place, place))
                            .toList(),
                    row -> row,
                    (some, next) -> saved.addAll(some));
            salvage.read(1, end);
            return salvage;
        }
    }

    private static List<Long> places(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
