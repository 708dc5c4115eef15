package dev.freshet.lab.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the processes of the server and their children have cost so far. Memory is read from Linux's {@code /proc}. */
final class ServerCost {
    private static final String PSS = "Pss:";

    private final List<ProcessHandle> processes;

    ServerCost(List<Long> pids) {
        processes = pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(one -> Stream.concat(Stream.of(one), one.descendants()))
                .distinct()
                .toList();
    }

    long cpuNanos() {
        return processes.stream().mapToLong(ServerCost::cpuNanos).sum();
    }

    /** Memory, in which pages that several processes share count once; 0 if it cannot be read. */
    long pssBytes() {
        return processes.stream().mapToLong(ServerCost::pssBytes).sum();
    }

    static long ownCpuNanos() {
        return cpuNanos(ProcessHandle.current());
    }

    private static long cpuNanos(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    private static long pssBytes(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith(PSS))
                    .mapToLong(line -> 1024
                            * Long.parseLong(line.substring(PSS.length(), line.length() - "kB".length())
                                    .strip()))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
