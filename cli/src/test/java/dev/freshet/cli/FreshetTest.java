package dev.freshet.cli;

import static dev.freshet.cli.http.ScriptedServer.openStream;
import static dev.freshet.cli.http.ScriptedServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.http.ScriptedServer;
import dev.freshet.cli.terminal.Streams;
import dev.freshet.cli.terminal.TimeText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FreshetTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String input = "";
    private boolean onTerminal;

    @ParameterizedTest
    @ValueSource(strings = {"serve", "publish", "subscribe"})
    void everyCommandHasHelpWithExamplesAndExitCodes(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(text(out)).contains("Usage: freshet " + command, "Examples:\n  freshet " + command, "Exit codes:");
        assertThat(err.size()).isZero();
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(text(out)).startsWith("freshet ").contains("(Java " + Runtime.version());
    }

    @Test
    void printsACompletionScript() {
        assertThat(run("generate-completion")).isZero();
        assertThat(text(out)).contains("complete -F _complete_freshet", "subscribe");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                               | command: missing (expected: such as freshet serve)",
                "bogus                            | freshet: bogus: unknown command (expected: one of serve, publish, subscribe",
                "serve --set http.port            | --set: http.port (expected: KEY=VALUE)",
                "serve --set =3                   | --set: =3 (expected: KEY=VALUE)",
                "help bogus                       | freshet: bogus: unknown command (expected: one of serve, publish, subscribe",
                "subscrib                         | Did you mean: freshet subscribe",
                "publish                          | TOPIC: missing (expected: freshet publish TOPIC [DATA])",
                "publish t x --tipe y             | --tipe: unknown option (expected: one of --cacert, --help, --id, --key, ",
                "publish t x --type               | --type: without a value (expected: --type TYPE)",
                "publish t x -vx                  | x: unknown option (expected: one of --cacert, --help, ",
                "publish t x --lines              | --lines: data was given as well",
                "publish t --lines --id 3         | --lines: --id was given as well",
                "publish t --lines --key 3        | --lines: --key was given as well",
                "publish t x --retry soon         | freshet: --retry: soon (expected: a whole number)",
                "publish t Hello world            | data: several words (expected: quotes around them",
                "publish t x --server nowhere     | server: nowhere (expected: a URL",
                "publish t x --server http://h/events | server: http://h/events (expected: the hub's address, without /events)",
                "publish t x --server nowhere     | Try 'freshet publish --help'.",
                "subscribe t --server nowhere     | Try 'freshet subscribe --help'.",
                "subscribe                        | TOPIC: missing (expected: freshet subscribe TOPIC)",
                "subscribe t --last x             | freshet: --last: x (expected: a whole number)",
                "subscribe t --count x            | freshet: --count: x (expected: a whole number)",
                "serve now please                 | freshet: now please: too many words (expected: freshet serve)",
                "serve --port 1 --port 2          | freshet: --port: given twice (expected: once)",
                "serve --port --host x            | freshet: --port: without a value (expected: --port PORT)",
                "subscribe t --last 1 --since 1m  | several were given (expected: one of them)",
                "subscribe t --since foo          | --since: foo (expected: a time such as 2026-11-20T10:00:00Z, or how long ago, such as 30s, 10m",
                "subscribe t --since 10x          | Try 'freshet subscribe --help'.",
                "subscribe t --count 0            | count: 0 (expected: 1 or more)",
                "serve --server=http://a.example  | freshet: --server: unknown option (expected: one of --config, --data, ",
                "serve --port no                  | http.port: no",
                "serve --set http.prot=1          | did you mean http.port?",
                "serve --data=                    | log.data: empty, on the command line (expected: a directory)",
                "serve --set log.retention.max-age=1d | log.retention.max-age: without log.data, on the command line",
                "serve --host 0.0.0.0             | --insecure",
                "serve --log-level LOUD           | freshet: --log-level: LOUD (expected: one of ERROR, WARN, INFO, DEBUG)",
            })
    void wrongCommandLinesAreExplained(String arguments, String expected) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
        assertThat(run(words)).isEqualTo(2);
        assertThat(text(err))
                .contains(expected, "--help'.")
                .doesNotContain("Exception", "\u001b", "Invalid value", "Unmatched");
        assertThat(out.size()).isZero();
    }

    @Test
    void serveHasExitCodesOfItsOwn() {
        assertThat(run("serve", "--help")).isZero();
        assertThat(text(out)).contains("could not start").doesNotContain("not reached");
    }

    @Test
    void saysThatNobodyGetsAPrivateEventYet() {
        assertThat(run("publish", "--help")).isZero();
        assertThat(text(out).replaceAll("\\s+", " ")).contains("cannot give grants yet, so there nobody gets it");
    }

    @Test
    void publishesData() {
        try (ScriptedServer server = new ScriptedServer(status(200, "{\"id\":\"k-1\"}"))) {
            assertThat(run("--server", server.url().toString(), "publish", "a", "hello"))
                    .isZero();
            assertThat(server.requests().get(0).body()).isEqualTo("hello");
            assertThat(out.size() + err.size()).isZero();
        }
    }

    @Test
    void publishesToSeveralTopicsForAWhileUnderAKey() {
        try (ScriptedServer server = new ScriptedServer(status(200, "{\"id\":\"k-1\"}"))) {
            String options = "--topic b --topic c --ttl 10m --key 7f3c --server " + server.url();
            assertThat(run(("publish a hello " + options).split(" "))).isZero();
            assertThat(server.requests().get(0).uri()).isEqualTo("/events/a?ttl=10m&topic=b&topic=c");
            assertThat(server.requests().get(0).header("Idempotency-Key")).isEqualTo("7f3c");
        }
    }

    @Test
    void publishesStandardInputWithoutItsLastLineEnd() {
        input = "one\ntwo\r\n";
        try (ScriptedServer server = new ScriptedServer(status(200, "{\"id\":\"k-1\"}"))) {
            assertThat(run("publish", "a", "-v", "--server", server.url().toString()))
                    .isZero();
            assertThat(server.requests().get(0).body()).isEqualTo("one\ntwo");
            assertThat(text(out)).isEqualTo("{\"id\":\"k-1\"}\n");
        }
    }

    @Test
    void takesNoMoreFromStandardInputThanAnyHubTakes() {
        input = "x".repeat((64 << 20) + 1);
        assertThat(run("publish", "a")).isEqualTo(1);
        assertThat(text(err)).startsWith("freshet: standard input: over 64 MiB (expected: ");
    }

    @Test
    void onlyClientsHaveAServer() {
        assertThat(run("serve", "--help") + run("help", "--help") + run("generate-completion", "--help"))
                .isZero();
        assertThat(text(out)).doesNotContain("--server");
        assertThat(run("subscribe", "--help")).isZero();
        assertThat(text(out)).contains("--server=URL");
    }

    @Test
    void publishesLines() {
        input = "one\ntwo\n";
        try (ScriptedServer server = new ScriptedServer(status(200, "{\"ids\":[]}"))) {
            assertThat(run(
                            "publish",
                            "a",
                            "--lines",
                            "--type",
                            "t",
                            "--server",
                            server.url().toString()))
                    .isZero();
            String all = String.join(
                    "",
                    server.requests().stream().map(ScriptedServer.Seen::body).toList());
            assertThat(all)
                    .isEqualTo("{\"topic\":\"a\",\"type\":\"t\",\"data\":\"one\"}\n"
                            + "{\"topic\":\"a\",\"type\":\"t\",\"data\":\"two\"}\n");
        }
    }

    @Test
    void aRefusalIsOneLineAndExitCode1() {
        try (ScriptedServer server = new ScriptedServer(status(400, "{\"detail\":\"topic: bad\"}"))) {
            String url = server.url().toString();
            assertThat(run("publish", "a", "x", "--server", url)).isEqualTo(1);
            assertThat(run("subscribe", "a", "--server", url)).isEqualTo(1);
            assertThat(text(err).lines())
                    .containsExactly(
                            "freshet: " + url + " answered 400: topic: bad",
                            "freshet: " + url + " answered 400: topic: bad");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, --no-verbose, x",
        "false, '', x",
        "false, --verbose, k-1 x",
        "true, '', '\u001b[2mk-1\u001b[0m x'",
        "true, --no-verbose, x",
        "true, --json, '{\"id\":\"k-1\",\"type\":\"message\",\"data\":\"x\"}'",
    })
    void aTerminalGetsIdsAndColours(boolean isTerminal, String option, String line) {
        onTerminal = isTerminal;
        try (ScriptedServer server = new ScriptedServer(openStream("id: k-1\ndata: x\n\n"))) {
            String arguments = "subscribe a -n 1 --server " + server.url() + " " + option;
            assertThat(run(arguments.strip().split(" "))).isZero();
            assertThat(text(out)).isEqualTo(line + "\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10m, PT10M",
        "2h, PT2H",
        "30s, PT30S",
        "3d, P3D",
        "PT5M, PT5M",
        "2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z"
    })
    void readsTimesAsPeopleWriteThem(String text, String iso) {
        assertThat(TimeText.iso(text)).isEqualTo(iso);
    }

    @Test
    void coloursAreForTerminalsThatHaveThem() {
        assertThat(Streams.wantsColours(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Streams.wantsColours(Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(Streams.wantsColours(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Streams.wantsColours(Map.of())).isFalse();
    }

    private int run(String... arguments) {
        Streams streams = new Streams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                onTerminal,
                false,
                onTerminal);
        return Freshet.commandLine(streams).execute(arguments);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
