package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code freshet log check} and {@code repair}, as users call them. */
@Timeout(120)
class LogRepairTest {
    @TempDir
    private Path folder;

    private LogShell shell = new LogShell(Path.of(""));

    @BeforeEach
    void open() {
        shell = new LogShell(folder.resolve("data"));
    }

    @Test
    void aDamagedLogIsFoundAndSavedButForWhatIsLost() throws IOException {
        shell.input = LogShell.numbered(2000);
        assertThat(shell.log("import")).isZero();
        assertThat(shell.log("check")).isZero();
        shell.damage(20, 60, 61, 100);
        assertThat(shell.log("check")).isEqualTo(1);
        assertThat(shell.err())
                .contains("damaged (expected: none of the above; freshet log repair --data " + shell.data);

        assertThat(shell.log("export")).isEqualTo(1);
        assertThat(shell.err()).contains("damaged (expected: a sound file; run: freshet log check --data ");

        assertThat(shell.log("repair")).isEqualTo(1);
        assertThat(number(shell.out(), "Saved: ([0-9,]+) events"))
                .isEqualTo(2000 - number(shell.err(), "lost: ([0-9,]+) events; whoever resumes"));
        assertThat(shell.out()).contains("Saved: 1,", "freshet.db.damaged-1");
        assertThat(shell.data.resolve("freshet.db.damaged-1")).exists();
        assertThat(shell.data.resolve("repaired")).doesNotExist();
        assertThat(shell.log("check")).isZero();
        assertThat(shell.log("repair")).isZero();
        assertThat(shell.out()).contains("is sound; nothing was changed");

        shell.input = LogShell.numbered(2000);
        assertThat(shell.log("import")).as("a backup fills the holes").isZero();
        assertThat(shell.positions()).hasSize(2000);
        assertThat(shell.out()).as("nobody is told of a gap any more").endsWith("\"thinned\":{}}\n");
        assertThat(shell.log("check")).isZero();
    }

    /** SQLite refuses a file that is shorter than its header says; and of a page that was cut the rest reads as zeros. */
    @ParameterizedTest
    @ValueSource(longs = {60 * 4096L, 60 * 4096L + 100, 110 * 4096L, 110 * 4096L - 1, 100 * 4096L + 3000})
    void ofALogThatWasCutIsSavedWhatIsLeft(long sizeBytes) throws IOException {
        shell.importing(LogShell.numbered(2000));
        shell.cut(sizeBytes);
        byte[] before = Files.readAllBytes(shell.file());
        assertThat(shell.log("check")).isEqualTo(1);
        assertThat(shell.out())
                .contains("the file ends before the end of its page " + (sizeBytes / 4096 + 1) + " (expected: 1");

        assertThat(shell.log("repair")).isEqualTo(1);
        assertThat(number(shell.out(), "Saved: ([0-9,]+) events")).isBetween(500L, 2000L);
        if (sizeBytes % 4096 != 0) {
            assertThat(shell.err()).as("an index of which the rest is zeros").contains("lost: at most ");
        }
        assertThat(shell.data.resolve("freshet.db.damaged-1")).hasBinaryContent(before);
        assertThat(shell.importing(LogShell.numbered(2000))).isZero();
        assertThat(shell.positions()).hasSize(2000);
        assertThat(shell.log("check")).isZero();
    }

    /** Places that had been empty before counted as lost. */
    @Test
    void onlyWhatWasThereIsLost() throws IOException {
        String all = LogShell.numbered(2000);
        shell.importing(all.lines()
                .filter(line -> line.contains("head") || line.hashCode() % 4 == 0)
                .collect(Collectors.joining("\n", "", "\n")));
        int events = shell.positions().size();
        shell.damage(20, 21);
        assertThat(shell.log("repair")).isEqualTo(1);
        long lost = number(shell.err(), "lost: ([0-9,]+) events; whoever resumes");
        assertThat(shell.positions()).hasSize((int) (events - lost));
    }

    /** It said the same words twice, and not where. */
    @Test
    void tellsEachBadPageOnce() throws IOException {
        shell.importing(LogShell.numbered(2000));
        shell.out.reset();
        shell.damage(20, 60);
        assertThat(shell.log("check")).isEqualTo(1);
        assertThat(shell.out().lines())
                .doesNotHaveDuplicates()
                .noneMatch(line -> line.contains("***") || line.contains("malformed"))
                .anyMatch(line -> line.contains("page 20:"))
                .anyMatch(line -> line.contains("page 60:"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void withoutItsFirstPageNothingCanBeFoundAndItSaysWhatToDo(int from) throws IOException {
        shell.importing(LogShell.numbered(100));
        shell.destroyFirstPage(from);
        byte[] before = Files.readAllBytes(shell.file());
        assertThat(shell.log("check")).isEqualTo(1);
        assertThat(shell.log("repair")).isEqualTo(2);
        assertThat(shell.err())
                .contains("nothing of it can be read, since its first page is destroyed", "(expected: ")
                .contains("Put back a copy of freshet.db;", "freshet log import --data " + shell.data + " FILE")
                .doesNotContain("malformed (database");
        assertThat(shell.file()).hasBinaryContent(before);
    }

    /** One command sent the user to the next, and that said there was no log. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereNothingIsLeftEachCommandSaysWhatComesNext(boolean isThere) throws IOException {
        Files.createDirectories(shell.data);
        Files.write(isThere ? shell.file() : shell.wal(), isThere ? new byte[0] : new byte[] {1});
        assertThat(shell.importing(LogShell.EXPORT)).isEqualTo(1);
        assertThat(shell.err()).contains("; run: freshet log check --data " + shell.data);
        assertThat(shell.log("check")).isEqualTo(1);
        assertThat(shell.err())
                .contains("freshet log repair --data " + shell.data + " says what to do)")
                .doesNotContain("saves what can be read");
        assertThat(shell.log("repair")).isEqualTo(2);
        assertThat(shell.err()).contains("Put back a copy of freshet.db; or move all that begins with freshet.db");

        Files.delete(isThere ? shell.file() : shell.wal());
        shell.fill();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aLogOfWhichNothingCanBeReadIsLeftAsItIs(int firstPage) throws IOException {
        shell.fill();
        shell.damage(IntStream.rangeClosed(firstPage, 13).toArray());
        byte[] before = Files.readAllBytes(shell.file());
        assertThat(shell.log("check")).isEqualTo(1);
        assertThat(shell.log("repair")).isEqualTo(2);
        assertThat(shell.err()).contains("nothing of it can be read, since ");
        assertThat(shell.file()).hasBinaryContent(before);
        assertThat(shell.data.resolve("repaired")).doesNotExist();
    }

    private static long number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return Long.parseLong(found.group(1).replace(",", ""));
    }
}
