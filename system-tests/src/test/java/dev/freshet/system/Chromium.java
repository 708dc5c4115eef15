package dev.freshet.system;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless Chromium that looks at one page. */
final class Chromium {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private Chromium() {}

    /** Opens a page. {@code ./check} installs the browser, so a missing one is an error and not a reason to skip. */
    static OutsideProgram open(String url, Path profile) {
        String program = find().orElseThrow(() -> new IllegalStateException(
                "chromium: not on the PATH (expected: one of " + NAMES + "; ./check installs it)"));
        return OutsideProgram.start(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                url);
    }

    static Optional<String> find() {
        return NAMES.stream().flatMap(Chromium::onPath).findFirst();
    }

    private static Stream<String> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString);
    }
}
