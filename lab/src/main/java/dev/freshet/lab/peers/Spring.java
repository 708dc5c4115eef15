package dev.freshet.lab.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The broadcast server of every tutorial, on Spring Boot's {@code SseEmitter} and its Tomcat.
 *
 * @param root the repository, which has its source
 */
public record Spring(Path root) implements Peer {
    @Override
    public String name() {
        return "Spring";
    }

    @Override
    public String version() {
        try (Stream<Path> jars = Files.list(libraries())) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.matches("spring-boot-[0-9.]+\\.jar"))
                    .map(name -> name.replace(".jar", ", Java " + Runtime.version()))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public void prepare() throws IOException {
        if (!Files.exists(libraries())) {
            Programs.run(root, List.of("./mvnw", "-q", "-f", "lab/peers/spring/pom.xml", "package"));
        }
    }

    /** As it comes, but for the numbers of connections and of requests on one, whose limits would end the measurement. */
    @Override
    public List<String> command(int port, Path folder) {
        return List.of(
                Programs.java(),
                "-cp",
                libraries() + "/*",
                "peer.Broadcast",
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--server.tomcat.max-connections=19500",
                "--server.tomcat.accept-count=4096",
                "--server.tomcat.max-keep-alive-requests=-1",
                "--spring.mvc.async.request-timeout=-1");
    }

    @Override
    public Dialect dialect() {
        return new Dialect("/", "/events", "/events");
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of();
    }

    private Path libraries() {
        return root.resolve("lab/peers/spring/target/lib");
    }
}
