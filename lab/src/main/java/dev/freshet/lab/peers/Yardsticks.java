package dev.freshet.lab.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A floor and a load generator in C that take the place of those in Java, if there is a folder with their sources.
 *
 * @param floor the program {@code rawfan}
 * @param loader the program {@code sseload}, whose options and answers are those of {@code lab/load}
 */
public record Yardsticks(Path floor, Path loader) {
    /**
     * Builds both.
     *
     * @param sources the folder with {@code rawfan.c} and {@code sseload.c}
     * @param folder where to put the programs
     * @return the programs
     * @throws IOException if a source is missing or does not compile
     */
    public static Yardsticks build(Path sources, Path folder) throws IOException {
        return new Yardsticks(compile(sources, folder, "rawfan"), compile(sources, folder, "sseload"));
    }

    private static Path compile(Path sources, Path folder, String name) throws IOException {
        Path program = folder.resolve(name);
        Path source = sources.resolve(name + ".c").toAbsolutePath();
        Programs.run(folder, List.of("cc", "-O2", "-o", program.toString(), source.toString()));
        return program;
    }
}
