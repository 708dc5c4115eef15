package dev.freshet.system.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.system.OutsideProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A hub in a process of its own, with a durable log, as users run it. */
final class HubProcess implements AutoCloseable {
    private static final long SOON_SECONDS = 60;

    private final CompletableFuture<String> greeting = new CompletableFuture<>();
    private final OutsideProgram program;

    private HubProcess(List<String> command) {
        program = OutsideProgram.start(greeting::complete, command.toArray(String[]::new));
        program.ended().thenRun(() -> greeting.complete(""));
    }

    /** Starts a hub, and does not wait for it. Settings are {@code key=value}. */
    static HubProcess start(Path data, int port, String... settings) {
        return start(List.of(), data, port, settings);
    }

    /** Starts one with further options for Java. */
    static HubProcess start(List<String> javaOptions, Path data, int port, String... settings) {
        List<String> command = command(data, port, settings);
        command.addAll(1, javaOptions);
        return new HubProcess(command);
    }

    /** Starts one under a program that watches it. */
    static HubProcess startUnder(List<String> watcher, Path data, int port) {
        List<String> command = command(data, port);
        command.addAll(0, watcher);
        return new HubProcess(command);
    }

    private static List<String> command(Path data, int port, String... settings) {
        List<String> command = new ArrayList<>(
                OutsideProgram.freshet("serve", "--port", String.valueOf(port), "--data", data.toString()));
        command.addAll(1, quiet());
        for (String setting : settings) {
            command.add("--set");
            command.add(setting);
        }
        return command;
    }

    /** What keeps Java from complaining of what the hub does. */
    private static List<String> quiet() {
        return Runtime.version().feature() < 24
                ? List.of("--enable-native-access=ALL-UNNAMED")
                : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    /**
     * A port that is free, and from which the system makes no outgoing connection: else a client that tries again and again,
     * while there is no hub, would in the end connect to itself.
     */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket door = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return door.getLocalPort();
            } catch (IOException e) {
                // Taken.
            }
        }
    }

    static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Waits until it serves; fails if it ended instead. */
    HubProcess awaitReady() {
        String line = greeting.orTimeout(SOON_SECONDS, TimeUnit.SECONDS).join();
        assertThat(line).as(() -> program.complaints().toString()).contains(" is ready at ");
        return this;
    }

    /** SIGKILL. */
    void kill() {
        program.kill();
    }

    /** SIGTERM, which a hub takes as a wish. */
    void stop() {
        program.terminate();
        assertThat(awaitExit()).isZero();
    }

    int awaitExit() {
        program.ended().orTimeout(SOON_SECONDS, TimeUnit.SECONDS).join();
        return program.exitCode();
    }

    /** What it wrote to standard error. */
    List<String> complaints() {
        return program.complaints();
    }

    @Override
    public void close() {
        kill();
    }
}
