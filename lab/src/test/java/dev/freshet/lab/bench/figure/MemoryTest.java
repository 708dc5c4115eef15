package dev.freshet.lab.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    @TempDir
    private Path folder;

    @Test
    void tellsWhatMovedByMoreThanFifteenPercent() throws IOException {
        memory().remember(Map.of("a", 1.0, "b", 1.0, "c", 100.0));

        assertThat(memory().moved(Map.of("a", 1.14, "b", 1.16, "c", 80.0)))
                .containsExactlyInAnyOrder("b: 1.16, was 1 (+16 %)", "c: 80, was 100 (-20 %)");
    }

    @Test
    void keepsWhatWasNotMeasuredAgain() throws IOException {
        memory().remember(Map.of("a", 1.0));
        memory().remember(Map.of("b", 2.0));

        assertThat(memory().moved(Map.of("a", 1.0, "b", 2.0))).isEmpty();
        assertThat(memory().moved(Map.of("d", 3.0))).containsExactly("d: 3, not measured before");
    }

    private Memory memory() throws IOException {
        return Memory.read(folder.resolve("figures.tsv"));
    }
}
