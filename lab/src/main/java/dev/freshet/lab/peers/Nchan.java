package dev.freshet.lab.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * nginx with its module nchan, as Debian has them.
 *
 * @param root the repository, which has its configuration
 */
public record Nchan(Path root) implements Peer {
    private static final String MODULE = "ngx_nchan_module.so";

    @Override
    public String name() {
        return "nchan";
    }

    @Override
    public String version() {
        return Programs.firstLine("dpkg-query", "-W", "-f", "nchan ${Version}", "libnginx-mod-nchan") + ", "
                + Programs.firstLine(nginx(), "-v").replace("nginx version: ", "") + ", 2 workers";
    }

    @Override
    public Optional<String> missing() {
        return Programs.find("nginx").isPresent() && modules().isPresent()
                ? Optional.empty()
                : Optional.of("nginx and nchan (Debian: apt-get install nginx libnginx-mod-nchan)");
    }

    @Override
    public void prepare() {
        // It is there.
    }

    @Override
    public List<String> command(int port, Path folder) throws IOException {
        String text = Files.readString(root.resolve("lab/peers/nchan.conf"))
                .replace("FOLDER", folder.toString())
                .replace("PORT", Integer.toString(port))
                .replace("MODULES", modules().orElseThrow().toString());
        Path file = Files.writeString(folder.resolve("nginx.conf"), text);
        return List.of(nginx(), "-p", folder.toString(), "-e", "stderr", "-c", file.toString());
    }

    @Override
    public Dialect dialect() {
        return new Dialect("/", "/subscribe/t{t}", "/publish/t{t}");
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.TOPICS, Ability.HISTORY);
    }

    private static String nginx() {
        return Programs.find("nginx").map(Path::toString).orElse("nginx");
    }

    private static Optional<Path> modules() {
        return Stream.of("/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/usr/local/lib/nginx/modules")
                .map(Path::of)
                .filter(folder -> Files.exists(folder.resolve(MODULE)))
                .findFirst();
    }
}
