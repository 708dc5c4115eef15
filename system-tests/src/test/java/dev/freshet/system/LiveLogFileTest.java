package dev.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.EventSource;
import dev.freshet.client.StreamOptions;
import dev.freshet.client.retry.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real log file, followed by {@code tail -F} into {@code freshet publish --lines}, seen by {@code freshet subscribe}, by
 * curl, and by the Java client and a page in Chromium, whose connections are cut while the file grows.
 */
class LiveLogFileTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir(cleanup = CleanupMode.NEVER)
    private Path folder;

    @Test
    void everyLineArrivesOnceAlthoughTheConnectionIsCut() throws IOException {
        Path file = Files.createFile(folder.resolve("system.log"));
        List<String> seenByJava = new CopyOnWriteArrayList<>();
        try (ReportingPage page = new ReportingPage();
                TestServer server = new TestServer(Map.of("cors.origins", page.origin(), "stream.retry", "200ms"));
                CuttingProxy proxy = new CuttingProxy(server.uri());
                OutsideProgram publisher = follow(file, server.uri());
                OutsideProgram subscriber = freshet(
                        "subscribe", "logs/system", "--server", proxy.uri().toString());
                OutsideProgram curl = OutsideProgram.start(
                        "curl", "-sN", server.uri("/events/logs/system").toString());
                EventSource java = EventSource.open(options(proxy.uri()), message -> seenByJava.add(message.data()));
                OutsideProgram browser = Chromium.open(
                        page.url(proxy.uri().resolve("/events/logs/system")), folder.resolve("profile"))) {
            waitUntilAllAreThere(page, server, subscriber, curl, seenByJava, file);

            append(file, 0, 50);
            await().atMost(SOON).untilAsserted(() -> assertThat(page.seen()).endsWith(line(49)));
            proxy.cut();
            append(file, 50, 100);
            await().atMost(SOON).until(() -> dataLines(curl).contains(line(99)));
            proxy.mend();
            await().atMost(SOON).until(() -> page.opened() >= 2);
            append(file, 100, 150);

            List<String> all =
                    IntStream.range(0, 150).mapToObj(LiveLogFileTest::line).toList();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(numbered(page.seen())).isEqualTo(all));
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(numbered(subscriber.lines())).isEqualTo(all));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(numbered(seenByJava)).isEqualTo(all));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(numbered(dataLines(curl))).isEqualTo(all));
            assertThat(java.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            assertThat(browser.isAlive()).isTrue();
            assertThat(publisher.isAlive()).isTrue();
        }
    }

    private static OutsideProgram follow(Path file, URI server) {
        return OutsideProgram.pipeline(List.of(
                List.of("tail", "-n", "+1", "-F", file.toString()),
                OutsideProgram.freshet("publish", "logs/system", "--lines", "--server", server.toString())));
    }

    private static StreamOptions options(URI hub) {
        return StreamOptions.of(hub.resolve("/events/logs/system")).withRetry(RetryPolicy.RESILIENT);
    }

    private static OutsideProgram freshet(String... arguments) {
        return OutsideProgram.start(OutsideProgram.freshet(arguments).toArray(String[]::new));
    }

    /** A program says nothing when it has subscribed, so lines are written until each has seen one. */
    private static void waitUntilAllAreThere(
            ReportingPage page,
            TestServer server,
            OutsideProgram subscriber,
            OutsideProgram curl,
            List<String> seenByJava,
            Path file) {
        await().atMost(SOON.multipliedBy(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    write(file, "is anybody there?\n");
                    return !page.seen().isEmpty()
                            && !subscriber.lines().isEmpty()
                            && !seenByJava.isEmpty()
                            && !dataLines(curl).isEmpty();
                });
        assertThat(server.uri().getPort()).isPositive();
    }

    private static void append(Path file, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            write(file, line(i) + "\n");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private static String line(int number) {
        return "line " + number + " é ✓";
    }

    private static List<String> numbered(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("line ")).toList();
    }

    private static List<String> dataLines(OutsideProgram curl) {
        return curl.lines().stream()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }
}
