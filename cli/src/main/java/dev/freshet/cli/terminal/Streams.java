package dev.freshet.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command reads and writes, in UTF-8. Immutable.
 *
 * @param in standard input
 * @param out standard output; unlike {@link System#out} it says when nobody reads it any more
 * @param err standard error
 * @param inIsTerminal true if somebody types the input
 * @param outIsTerminal true if somebody sees the output
 * @param errIsTerminal true if somebody sees what is written to standard error
 * @param hasColours true if the output may be coloured
 */
public record Streams(
        InputStream in,
        OutputStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal,
        boolean hasColours) {

    /** Java cannot tell a terminal for each stream; the start script can, and says so: the digits of those that are. */
    private static final String TERMINALS = "freshet.terminals";

    /**
     * Returns those of this process.
     *
     * @return the streams
     */
    public static Streams ofProcess() {
        String terminals = System.getProperty(TERMINALS, "");
        return new Streams(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                terminals.contains("0"),
                terminals.contains("1"),
                terminals.contains("2"),
                terminals.contains("1") && wantsColours(System.getenv()));
    }

    /**
     * Tells whether a terminal shows colours, and its user wants them.
     *
     * @param environment of the process
     * @return true if so
     */
    public static boolean wantsColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /**
     * Returns the output for text that a person reads.
     *
     * @return standard output; it hides failures
     */
    public PrintStream text() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
