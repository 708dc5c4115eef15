package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./freshet}, in a folder of its own, with a JDK that prints what it is asked for. */
@Timeout(60)
class LauncherTest {
    private static final Path REPOSITORY = Path.of("..");

    @TempDir
    private Path folder;

    private Path root;
    private Path jdk;

    @BeforeEach
    void copyTheScript() throws IOException {
        root = Files.createDirectory(folder.resolve("freshet"));
        for (String file : List.of("freshet", "cli/src/main/sh/jdk.sh")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.copy(REPOSITORY.resolve(file), root.resolve(file));
        }
        Path pom = Files.createFile(root.resolve("pom.xml"));
        Files.setLastModifiedTime(pom, FileTime.fromMillis(0));
        jdk = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        script(jdk.resolve("bin/javac"), "exit 1");
        script(jdk.resolve("bin/java"), "printf '%s\\n' \"$@\"");
    }

    @Test
    void saysThatItNeedsBuildingWhereItMayNotWrite() throws Exception {
        Path target = Files.createFile(root.resolve("target"));
        Run run = run("publish", "a", "b");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .containsExactly("freshet: needs building, and " + target
                        + " may not be written (expected: one start by a user who may write there)");
    }

    @Test
    void rehearsesToServeAndNotToHelp() throws Exception {
        pretendToBeBuilt();

        assertThat(run("serve", "--port", "0").err()).anyMatch(line -> line.startsWith("freshet: rehearsing once"));
        for (String word : List.of("--help", "-h", "--version", "-V")) {
            Run run = run("serve", word);
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).endsWith("dev.freshet.cli.Freshet", "serve", word);
        }
    }

    @Test
    void saysWhatTheNameOfAJdkShouldBe() throws Exception {
        jdk = folder.resolve("nope");
        assertThat(run("serve").err())
                .containsExactly("freshet: FRESHET_JAVA_HOME: " + jdk + " (expected: the folder of a JDK 17 or newer)");
    }

    private void pretendToBeBuilt() throws IOException {
        Path lib = Files.createDirectories(root.resolve("cli/target/freshet/lib"));
        Files.createFile(lib.resolve("a.jar"));
        Files.createFile(lib.resolveSibling("built"));
        Files.createDirectory(root.resolve("target"));
    }

    private static void script(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run run(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", root.resolve("freshet").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("FRESHET_JAVA_HOME", jdk.toString());
        builder.environment().remove("FRESHET_JAVA_OPTS");
        Process process = builder.start();
        List<String> out = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        List<String> err = process.errorReader(StandardCharsets.UTF_8).lines().toList();
        return new Run(process.waitFor(), out, err);
    }

    private record Run(int exitCode, List<String> out, List<String> err) {}
}
