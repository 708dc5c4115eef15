package dev.freshet.lab.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The broadcast server of every tutorial, on Node and Express.
 *
 * @param root the repository, which has its source
 */
public record Express(Path root) implements Peer {
    @Override
    public String name() {
        return "Express";
    }

    @Override
    public String version() {
        return "Express "
                + Programs.firstLine("node", "-p", "require('" + folder() + "/package.json').dependencies.express")
                + ", Node " + Programs.firstLine("node", "--version");
    }

    @Override
    public Optional<String> missing() {
        return Programs.find("node").isPresent() && Programs.find("npm").isPresent()
                ? Optional.empty()
                : Optional.of("Node and npm (Debian: apt-get install nodejs npm)");
    }

    @Override
    public void prepare() throws IOException {
        if (!Files.exists(folder().resolve("node_modules/.package-lock.json"))) {
            Programs.run(folder(), List.of("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"));
        }
    }

    @Override
    public List<String> command(int port, Path folder) {
        return List.of("node", folder().resolve("server.js").toString(), Integer.toString(port));
    }

    @Override
    public Dialect dialect() {
        return new Dialect("/", "/events", "/events");
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of();
    }

    private Path folder() {
        return root.resolve("lab/peers/express");
    }
}
