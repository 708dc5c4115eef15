package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, as users run it. */
@Timeout(120)
class ServeTest {
    @Test
    void greetsServesAndLeavesQuietlyWhenItIsTold() throws Exception {
        Process server = freshet("serve", "--port", "0");
        try (BufferedReader greeting = server.inputReader()) {
            String first = greeting.readLine();
            assertThat(first).startsWith("freshet ").contains(" is ready at http://127.0.0.1:");
            String url = first.substring(first.indexOf("http://"));
            assertThat(greeting.readLine())
                    .isEqualTo("History is in memory and ends with this process; --data DIR keeps it.");
            assertThat(greeting.readLine()).isEmpty();
            assertThat(greeting.readLine()).isEqualTo("Subscribe:");
            assertThat(greeting.readLine()).isEqualTo("  curl -N " + url + "/events/hello");
            assertThat(greeting.readLine()).isEqualTo("Publish:");
            assertThat(greeting.readLine()).isEqualTo("  curl -d 'Hello, world' " + url + "/events/hello");

            assertThat(output(freshet("publish", "hello", "wörld ✓", "--server", url)))
                    .isEmpty();
            assertThat(output(freshet("subscribe", "hello", "--last", "1", "-n", "1", "--server", url)))
                    .containsExactly("wörld ✓");

            server.toHandle().destroy();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
            assertThat(server.errorReader().lines()).isEmpty();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void tellsItsOperatorWhatItDoes(@TempDir Path folder) throws Exception {
        String log = folder.resolve("log").toString();
        for (int events = 0; events < 2; events++) {
            assertThat(toldWhileOneEventIsPublished(log))
                    .containsExactlyInAnyOrder(
                            "The log in " + log + " is open: at most " + events + " events are retained of " + events
                                    + " that there were",
                            "Listening at http://127.0.0.1",
                            "Stopping within 10000 ms",
                            "Stopped");
        }
    }

    @Test
    void whoDebugsReadsOfStreamsAndNotOfTheLibrary() throws Exception {
        Process server = freshet("serve", "--rehearse", "--log-level", "DEBUG");
        assertThat(server.errorReader().lines())
                .anyMatch(line -> line.endsWith(": a stream began"))
                .anyMatch(line -> line.endsWith(": a stream ended: CLIENT_CLOSED"))
                .noneMatch(line -> line.contains("netty") || line.contains("smallrye"));
    }

    @Test
    void rehearsesOnAFreePortAndEnds() throws Exception {
        Process server = freshet("serve", "--rehearse");
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.errorReader().lines()).isEmpty();
        assertThat(server.exitValue()).isZero();
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Process server = freshet("serve", "--port", String.valueOf(taken.getLocalPort()));
            assertThat(server.errorReader().lines())
                    .singleElement()
                    .asString()
                    .startsWith("freshet: ")
                    .contains(String.valueOf(taken.getLocalPort()));
            assertThat(server.waitFor()).isEqualTo(1);
        }
    }

    private static List<String> toldWhileOneEventIsPublished(String log) throws Exception {
        Process server = freshet("serve", "--port", "0", "--data", log, "--log-level", "INFO");
        try (BufferedReader greeting = server.inputReader()) {
            String first = greeting.readLine();
            String url = first.substring(first.indexOf("http://"));
            output(freshet("publish", "hello", "x", "--server", url));
            server.toHandle().destroy();
            return server.errorReader()
                    .lines()
                    .map(line -> line.replaceFirst(".* - ", "").replaceFirst(":[0-9]+$", ""))
                    .toList();
        } finally {
            server.destroyForcibly();
        }
    }

    private static List<String> output(Process process) throws InterruptedException {
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.errorReader().lines()).isEmpty();
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    private static Process freshet(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Freshet.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("FRESHET_SERVER");
        return builder.start();
    }
}
