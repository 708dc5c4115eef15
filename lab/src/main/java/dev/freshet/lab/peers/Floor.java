package dev.freshet.lab.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The floor: the least that a server can do on this machine, one send per subscriber per event.
 *
 * @param program a program that does it on the port that is its argument; else {@link FloorServer} does
 */
public record Floor(Optional<Path> program) implements Peer {
    @Override
    public String name() {
        return "floor";
    }

    @Override
    public String version() {
        return program.map(file -> file.getFileName() + ", in C")
                .orElseGet(() -> "FloorServer on Java " + Runtime.version());
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public void prepare() {
        // It is there.
    }

    @Override
    public List<String> command(int port, Path folder) {
        String number = Integer.toString(port);
        return program.map(file -> List.of(file.toString(), number))
                .orElseGet(() -> List.of(
                        Programs.java(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FloorServer.class.getName(),
                        number));
    }

    @Override
    public Dialect dialect() {
        return new Dialect("/", "/events", "/events");
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of();
    }
}
