package dev.freshet.lab.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Freshet as {@code ./freshet serve} runs it, all defaults.
 *
 * @param root the repository
 */
public record Freshet(Path root) implements Peer {
    @Override
    public String name() {
        return "Freshet";
    }

    @Override
    public String version() {
        return Programs.firstLine(program(), "--version");
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    /** Builds, and fills the cache of loaded classes, which a first start does. */
    @Override
    public void prepare() throws IOException {
        Programs.run(root, List.of(program(), "serve", "--rehearse"));
    }

    @Override
    public List<String> command(int port, Path folder) {
        return List.of(program(), "serve", "--port", Integer.toString(port));
    }

    @Override
    public Dialect dialect() {
        return new Dialect("/readyz", "/events/t{t}", "/events/t{t}");
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.TOPICS, Ability.HISTORY, Ability.BATCHES);
    }

    private String program() {
        return root.resolve("freshet").toString();
    }
}
