package dev.freshet.lab.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A server of events that can be measured. Immutable. */
public interface Peer {
    /**
     * Names it, as options and tables do.
     *
     * @return one word
     */
    String name();

    /**
     * Tells which version is installed.
     *
     * @return the version, and that of what it runs on
     */
    String version();

    /**
     * Tells why it cannot be measured on this machine.
     *
     * @return what is missing, and how to get it; empty if it can
     */
    Optional<String> missing();

    /**
     * Builds what must be built.
     *
     * @throws IOException if that fails
     */
    void prepare() throws IOException;

    /**
     * Returns the command that runs it in the foreground.
     *
     * @param port where to listen on 127.0.0.1
     * @param folder an empty folder for what it needs
     * @return the program and its arguments
     * @throws IOException if the folder cannot be written
     */
    List<String> command(int port, Path folder) throws IOException;

    /**
     * Tells how it is spoken to.
     *
     * @return its paths
     */
    Dialect dialect();

    /**
     * Tells what it can do beyond sending each event to everybody.
     *
     * @return perhaps nothing
     */
    Set<Ability> abilities();

    /** What not every server can do. */
    enum Ability {
        /** Several topics. */
        TOPICS,
        /** Events that were published before are sent to whoever asks with {@code Last-Event-ID}. */
        HISTORY,
        /** Many events in one publish, as NDJSON. */
        BATCHES
    }

    /**
     * How a server is spoken to; {@code {t}} stands for the topic's number.
     *
     * @param ready a path that answers 200 once it works
     * @param subscribe path of a subscription
     * @param publish path of a publish, whose body is the data
     */
    record Dialect(String ready, String subscribe, String publish) {}
}
