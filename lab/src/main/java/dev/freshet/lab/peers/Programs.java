package dev.freshet.lab.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine. Thread-safe. */
public final class Programs {
    private Programs() {}

    /**
     * Looks for a program.
     *
     * @param name its name
     * @return where it is, in the folders of PATH or those of the system's own programs
     */
    public static Optional<Path> find(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs a program to its end.
     *
     * @param folder where to run it
     * @param command the program and its arguments
     * @return what it wrote, on either output
     * @throws IOException if it fails, or takes over five minutes
     */
    public static String run(Path folder, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!isOver(process, 300) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }

    /** The first line that a program writes, or that there is none. */
    static String firstLine(String... command) {
        try {
            return run(Path.of("."), List.of(command)).lines().findFirst().orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** The program {@code java} that runs this one too. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static boolean isOver(Process process, long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
