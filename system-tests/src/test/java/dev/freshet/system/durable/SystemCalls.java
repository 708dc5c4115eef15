package dev.freshet.system.durable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** What a process asked of the system, in order, as strace wrote it down. */
final class SystemCalls {
    private static final String WATCHED = "trace=pwrite64,write,writev,sendto,sendmsg,fsync,fdatasync";
    private static final Pattern CALL =
            Pattern.compile("(\\d+) +(\\w+)\\(\\d+<([^>]*)>(.*?)(?: *<unfinished \\.\\.\\.>|\\) += (-?\\d+).*)");
    private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>.*\\) += (-?\\d+).*");

    private SystemCalls() {}

    /**
     * A moment of a call.
     *
     * @param name of the call
     * @param file that it is about, or a socket
     * @param arguments the rest of them, shortened
     * @param isDone true when it has returned 0 or more, false when it was made
     */
    record Moment(String name, String file, String arguments, boolean isDone) {
        boolean isSync() {
            return isDone && name.endsWith("sync");
        }

        boolean isWrite() {
            return !isDone && !name.endsWith("sync");
        }
    }

    /** What to put before the command of a process to watch it; the process stays the one that is started. The test is skipped where that is not allowed. */
    static List<String> watch(Path into) throws IOException, InterruptedException {
        List<String> strace = List.of("strace", "-D", "-f", "--seccomp-bpf", "-y", "-s", "24", "-e", WATCHED, "-o");
        if (!works(strace, into)) {
            String why = "no system calls can be watched here (expected: Linux, and strace installed)";
            System.out.println("*** SKIPPED: " + why + " ***");
            Assumptions.abort(why);
        }
        List<String> command = new ArrayList<>(strace);
        command.add(into.toString());
        return command;
    }

    private static boolean works(List<String> strace, Path into) throws InterruptedException {
        try {
            List<String> command = new ArrayList<>(strace);
            command.addAll(List.of(into.toString(), "true"));
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads what was written down; a call that takes a while has two moments, another only if it is over at once. */
    static List<Moment> read(Path from) throws IOException {
        List<Moment> moments = new ArrayList<>();
        Map<String, Moment> underWay = new HashMap<>();
        for (String line : Files.readAllLines(from, StandardCharsets.ISO_8859_1)) {
            Matcher call = CALL.matcher(line);
            Matcher resumed = RESUMED.matcher(line);
            if (call.matches()) {
                Moment begin = new Moment(call.group(2), call.group(3), call.group(4), false);
                moments.add(begin);
                underWay.put(call.group(1), begin);
                addEnd(moments, begin, call.group(5));
            } else if (resumed.matches() && underWay.containsKey(resumed.group(1))) {
                addEnd(moments, underWay.get(resumed.group(1)), resumed.group(3));
            }
        }
        return moments;
    }

    private static void addEnd(List<Moment> moments, Moment begin, String result) {
        if (result != null && !result.startsWith("-")) {
            moments.add(new Moment(begin.name(), begin.file(), begin.arguments(), true));
        }
    }
}
