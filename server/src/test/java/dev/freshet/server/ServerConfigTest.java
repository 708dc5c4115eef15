package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.freshet.hub.HubConfig;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.memory.MemoryLogOptions;
import dev.freshet.server.config.ConfigurationException;
import dev.freshet.server.transport.SocketKind;
import dev.freshet.server.transport.SocketOptions;
import dev.freshet.server.transport.loop.HttpLimits;
import dev.freshet.server.transport.tls.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
    @TempDir
    Path folder;

    @Test
    void theDefaultsAreThoseOfTheFeatures() {
        ServerConfig config = withFlags(Map.of());

        assertThat(config.transport().host()).isEqualTo("127.0.0.1");
        assertThat(config.transport().port()).isEqualTo(8080);
        assertThat(config.transport().loops()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(config.transport().limits()).isEqualTo(HttpLimits.DEFAULTS);
        assertThat(config.transport().sockets()).isEqualTo(SocketOptions.DEFAULTS);
        assertThat(config.hub()).isEqualTo(HubConfig.DEFAULT);
        assertThat(config.log()).isEqualTo(MemoryLogOptions.DEFAULT);
        assertThat(config.bodies()).isEqualTo(new ServerConfig.BodyLimits(1 << 20, 16 << 20));
        assertThat(config.stopping())
                .isEqualTo(new ServerConfig.Stopping(Duration.ofSeconds(10), Duration.ofSeconds(3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void everyKeyReachesItsFeature(String key, String value, Function<ServerConfig, Object> read, Object expected) {
        assertThat(read.apply(withFlags(Map.of(key, value)))).isEqualTo(expected);
    }

    static Stream<Arguments> everyKeyReachesItsFeature() {
        return Stream.of(
                row("http.host", "localhost", config -> config.transport().host(), "localhost"),
                row("http.port", "1", config -> config.transport().port(), 1),
                row("http.loops", "3", config -> config.transport().loops(), 3),
                row(
                        "http.sockets",
                        "nio",
                        config -> config.transport().sockets().kind(),
                        SocketKind.NIO),
                row("http.backlog", "7", config -> config.transport().sockets().backlog(), 7),
                row("http.max-connections", "9", config -> limits(config).connections(), 9),
                row("http.head.max-bytes", "1k", config -> limits(config).headBytes(), 1024),
                row("http.head.timeout", "5s", config -> limits(config).headTimeout(), Duration.ofSeconds(5)),
                row("http.body.timeout", "6s", config -> limits(config).bodyTimeout(), Duration.ofSeconds(6)),
                row("http.idle-timeout", "7s", config -> limits(config).idleTimeout(), Duration.ofSeconds(7)),
                row("http.body.max-bytes", "2 KiB", config -> config.bodies().maxBodyBytes(), 2048L),
                row(
                        "http.body.max-batch-bytes",
                        "3 KiB",
                        config -> config.bodies().maxBatchBytes(),
                        3072L),
                row(
                        "http.body.max-total-bytes",
                        "5 MiB",
                        config -> limits(config).bodiesBytes(),
                        5L << 20),
                row("http.stop-timeout", "0ms", config -> config.stopping().timeout(), Duration.ZERO),
                row("stream.retry-spread", "1s", config -> config.stopping().retrySpread(), Duration.ofSeconds(1)),
                row("stream.heartbeat", "1m", config -> config.hub().lanes().heartbeat(), Duration.ofMinutes(1)),
                row("stream.retry", "4s", config -> config.hub().lanes().retry(), Duration.ofSeconds(4)),
                row("stream.portion", "4 KiB", config -> config.hub().lanes().maxPortionBytes(), 4096),
                row(
                        "stream.send-buffer",
                        "4 KiB",
                        config -> config.transport().sockets().sendBufferBytes(),
                        4096),
                row(
                        "stream.max-unsent",
                        "8 KiB",
                        config -> config.transport().sockets().unsentBytes(),
                        8192),
                row("stream.topics", "true", config -> config.hub().encoding(), EventEncoding.WITH_TOPICS),
                row("window.max-events", "10", config -> config.hub().window().maxEvents(), 10),
                row("window.max-bytes", "1 MiB", config -> config.hub().window().maxBytes(), 1L << 20),
                row("log.max-waiting", "11", config -> config.log().maxWaiting(), 11),
                row("log.max-waiting-bytes", "1 MiB", config -> config.log().maxWaitingBytes(), 1L << 20),
                row("log.idempotency.max-keys", "12", config -> config.log().maxKeys(), 12),
                row("log.idempotency.retention", "1h", config -> config.log().keyRetention(), Duration.ofHours(1)));
    }

    @Test
    void flagsAreStrongerThanTheEnvironmentAndThatThanTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.yaml"), """
                http:
                  port: 1
                  backlog: 1
                  max-connections: 1
                cors:
                  origins:
                    - https://app.example
                    - https://other.example
                """);
        Map<String, String> environment = Map.of("FRESHET_HTTP_PORT", "2", "FRESHET_HTTP_BACKLOG", "2", "PATH", "x");
        ServerConfig config = ServerConfig.load(Optional.of(file), environment, Map.of("http.port", "3"));

        assertThat(config.transport().port()).isEqualTo(3);
        assertThat(config.transport().sockets().backlog()).isEqualTo(2);
        assertThat(config.transport().limits().connections()).isEqualTo(1);
    }

    @Test
    void anUnknownKeyIsRefusedWithWhatMayHaveBeenMeant() throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.yaml"), "window: {max-event: 1}");

        assertThatThrownBy(() -> withFlags(Map.of("http.prot", "1")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("http.prot: unknown, on the command line (did you mean http.port?)");
        assertThatThrownBy(() -> ServerConfig.load(Optional.empty(), Map.of("FRESHET_HTTP_PROT", "1"), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("FRESHET_HTTP_PROT: unknown, in the environment (did you mean FRESHET_HTTP_PORT?)");
        assertThatThrownBy(() -> ServerConfig.load(Optional.of(file), Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("window.max-event: unknown, in ")
                .hasMessageContaining("(did you mean window.max-events?)");
    }

    @Test
    void aCertificateAndItsKeyAreGivenTogether() {
        Map<String, String> both =
                Map.of("tls.certificate", "chain.pem", "tls.key", "key.pem", "tls.handshake-timeout", "3s");
        assertThat(withFlags(both).transport().tls())
                .contains(TlsOptions.of(Path.of("chain.pem"), Path.of("key.pem"))
                        .withHandshakeTimeout(Duration.ofSeconds(3)));
        assertThat(withFlags(both).transport().limits().connections())
                .isEqualTo((int) Math.min(100_000, Runtime.getRuntime().maxMemory() / 2 / 8192));
        assertThat(withFlags(Map.of()).transport().tls()).isEmpty();
        assertThatThrownBy(() -> withFlags(Map.of("tls.certificate", "chain.pem")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("tls.certificate: without tls.key (expected: both, each a PEM file)");
        assertThatThrownBy(() -> withFlags(Map.of("tls.key", "key.pem")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("tls.key: without tls.certificate (expected: both, each a PEM file)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void anAddressThatOthersReachWantsToBeMeant(String host) {
        assertThatThrownBy(() -> withFlags(Map.of("http.host", host)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("http.host: " + host + " can be reached from other machines")
                .hasMessageContaining("--insecure");
        assertThat(withFlags(Map.of("http.host", host, "http.insecure", "true"))
                        .transport()
                        .host())
                .isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.53", "localhost", "::1"})
    void anAddressOfThisMachineNeedsNoMore(String host) {
        assertThat(withFlags(Map.of("http.host", host)).transport().host()).isEqualTo(host);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "http.port           | 65536      | a number from 0 to 65535",
                "http.port           | eighty     | a number from 0 to 65535",
                "http.port           | -1         | a number from 0 to 65535",
                "http.insecure       | yes        | true or false",
                "http.sockets        | fast       | auto, raw, epoll or nio",
                "http.head.max-bytes | 255        | a size such as 16 KiB or 64 MiB, from 256 bytes to 1 MiB",
                "http.head.max-bytes | 1 apple    | a size such as 16 KiB or 64 MiB, from 256 bytes to 1 MiB",
                "http.head.timeout   | 10 minutes | a duration such as 500ms, 15s or 10m, from 1ms to 1h",
                "http.head.timeout   | 2h         | a duration such as 500ms, 15s or 10m, from 1ms to 1h",
                "stream.heartbeat    | 0          | a duration such as 500ms, 15s or 10m, from 50ms to 24h",
                "window.max-bytes    | 99999999999999999999 | a size such as 16 KiB or 64 MiB, from 4 KiB to 1024 GiB",
            })
    void aBadValueIsToldWithWhatWasExpected(String key, String value, String expected) {
        assertThatThrownBy(() -> withFlags(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(key + ": " + value + ", on the command line (expected: " + expected + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "cors.origins, app.example",
        "cors.origins, https://app.example/",
        "http.hosts, https://a",
        "http.hosts, a:80"
    })
    void aNameThatIsNoneIsRefused(String key, String value) {
        assertThatThrownBy(() -> withFlags(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(key + ": " + value + ", on the command line (expected: ");
    }

    @Test
    void aFileThatCannotBeReadIsToldSo() {
        Path missing = folder.resolve("missing.yaml");

        assertThatThrownBy(() -> ServerConfig.load(Optional.of(missing), Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("config: " + missing + " cannot be read");
    }

    private static Arguments row(String key, String value, Function<ServerConfig, Object> read, Object expected) {
        return arguments(key, value, read, expected);
    }

    private static HttpLimits limits(ServerConfig config) {
        return config.transport().limits();
    }

    private static ServerConfig withFlags(Map<String, String> flags) {
        return ServerConfig.load(Optional.empty(), Map.of(), flags);
    }
}
