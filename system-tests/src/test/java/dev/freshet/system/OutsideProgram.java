package dev.freshet.system;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program in a process of its own, whose lines are read as they come. */
public final class OutsideProgram implements AutoCloseable {
    private final List<Process> processes;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private OutsideProgram(List<Process> processes, Consumer<String> onLine) {
        this.processes = processes;
        Process last = processes.get(processes.size() - 1);
        read(last, last.inputReader(StandardCharsets.UTF_8), onLine.andThen(lines::add));
        processes.forEach(one -> read(one, one.errorReader(StandardCharsets.UTF_8), complaints::add));
    }

    public static OutsideProgram start(String... command) {
        return start(line -> {}, command);
    }

    /** Starts a program and hands over each line that it writes. */
    public static OutsideProgram start(Consumer<String> onLine, String... command) {
        return pipeline(onLine, List.of(List.of(command)));
    }

    /** Starts programs of which each reads what the one before writes. */
    public static OutsideProgram pipeline(List<List<String>> commands) {
        return pipeline(line -> {}, commands);
    }

    private static OutsideProgram pipeline(Consumer<String> onLine, List<List<String>> commands) {
        try {
            return new OutsideProgram(
                    ProcessBuilder.startPipeline(
                            commands.stream().map(ProcessBuilder::new).toList()),
                    onLine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line of freshet, run from this test's class path. */
    public static List<String> freshet(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.freshet.cli.Freshet"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** What it wrote so far, without line ends. */
    public List<String> lines() {
        return lines;
    }

    public List<String> complaints() {
        return complaints;
    }

    public boolean isAlive() {
        return processes.stream().allMatch(Process::isAlive);
    }

    public int exitCode() {
        Process last = processes.get(processes.size() - 1);
        return last.isAlive() ? -1 : last.exitValue();
    }

    /** Asks it to end, as Ctrl-C or a service manager would. */
    public void terminate() {
        processes.forEach(Process::destroy);
    }

    /** Kills it, as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    /** Completes when the last of them has ended. */
    public CompletableFuture<Process> ended() {
        return processes.get(processes.size() - 1).onExit();
    }

    @Override
    public void close() {
        terminate();
        for (Process process : processes) {
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void read(Process process, BufferedReader from, Consumer<String> to) {
        Thread thread = new Thread(() -> from.lines().forEach(to), "lines-of-" + process.pid());
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((reader, closed) -> {});
        thread.start();
    }
}
