package dev.freshet.lab.peers;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A server that was started, and is ended when this is closed. Confined to the thread of the benchmark. */
public final class RunningPeer implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(20);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(2);
    private static final int SECONDS_TO_END = 3;

    private final Peer peer;
    private final int port;
    private final Process process;
    private final Duration untilReady;

    private RunningPeer(Peer peer, int port, Process process, Duration untilReady) {
        this.peer = peer;
        this.port = port;
        this.process = process;
        this.untilReady = untilReady;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param peer which
     * @param port where it is to listen
     * @param folder an empty folder for what it needs, and its log
     * @return the server
     * @throws IOException if it ends or does not answer within 20 s
     */
    public static RunningPeer start(Peer peer, int port, Path folder) throws IOException {
        List<String> command = peer.command(port, folder);
        File log = folder.resolve("log").toFile();
        long from = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        boolean ready = false;
        try {
            while (!isReady(port, peer.dialect().ready())) {
                requireAlive(peer, process, System.nanoTime() - from, log.toPath());
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
            ready = true;
            return new RunningPeer(peer, port, process, Duration.ofNanos(System.nanoTime() - from));
        } finally {
            if (!ready) {
                end(process);
            }
        }
    }

    /**
     * Tells which server it is.
     *
     * @return the server
     */
    public Peer peer() {
        return peer;
    }

    /**
     * Tells where it listens.
     *
     * @return the port
     */
    public int port() {
        return port;
    }

    /**
     * Returns its first process.
     *
     * @return the process's id
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Tells how long it took from the start to the first answer.
     *
     * @return within 2 ms
     */
    public Duration untilReady() {
        return untilReady;
    }

    @Override
    public void close() {
        end(process);
    }

    private static boolean isReady(int port, String path) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LONGEST_START.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return status.startsWith("HTTP/1.1 ") && !status.endsWith("503");
        } catch (IOException e) {
            return false;
        }
    }

    private static void requireAlive(Peer peer, Process process, long nanos, Path log) throws IOException {
        if (!process.isAlive() || nanos > LONGEST_START.toNanos()) {
            throw new IOException(peer.name() + " did not start: " + Files.readString(log));
        }
    }

    private static void end(Process process) {
        process.destroy();
        if (!Programs.isOver(process, SECONDS_TO_END)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Programs.isOver(process, SECONDS_TO_END);
        }
    }
}
