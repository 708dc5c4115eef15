package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.terminal.Streams;
import dev.freshet.server.HubServer;
import dev.freshet.server.ServerConfig;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publish and subscribe on a hub with HTTPS, whose certificate nobody else knows. */
@Timeout(60)
class HttpsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Path chain;
    private HubServer hub;

    @BeforeEach
    void serve() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=hub.example")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        chain = Files.writeString(folder.resolve("chain.pem"), certificate.getCertificatePathPEM());
        Path key = Files.writeString(folder.resolve("key.pem"), certificate.getPrivateKeyPEM());
        Map<String, String> flags =
                Map.of("http.port", "0", "tls.certificate", chain.toString(), "tls.key", key.toString());
        hub = HubServer.start(ServerConfig.load(Optional.empty(), Map.of(), flags));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--server", hub.address().toString()));
        return execute(all);
    }

    private int execute(List<String> args) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Streams streams = new Streams(new ByteArrayInputStream(new byte[0]), out, errors, false, false, false, false);
        return Freshet.commandLine(streams).execute(args.toArray(new String[0]));
    }

    @Test
    void trustsTheCertificatesOfAFile() {
        assertThat(run("publish", "t", "over TLS", "--cacert", chain.toString()))
                .isZero();
        assertThat(run("subscribe", "t", "--last", "1", "--count", "1", "--cacert", chain.toString()))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("over TLS");
        assertThat(err.size()).isZero();
    }

    @Test
    void saysWhomItDoesNotTrust() {
        assertThat(run("publish", "t", "over TLS")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("its certificate is not trusted (expected: one of a known authority, or --cacert FILE)");
    }

    @Test
    void endsAtOnceWhereAnotherAttemptWouldFailAsWell() {
        assertThat(run("subscribe", "t")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("is not trusted")
                .doesNotContain("trying again");
        assertThat(runAt(hub.address().toString().replace("127.0.0.1", "localhost"), "--cacert", chain.toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("its certificate is for another name");
        assertThat(runAt(hub.address().toString().replace("https", "http"))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("scheme: http (expected: https://");
    }

    private int runAt(String address, String... args) {
        List<String> all = new ArrayList<>(List.of("publish", "t", "x", "--server", address));
        all.addAll(List.of(args));
        return execute(all);
    }

    @Test
    void refusesAFileWithoutCertificates() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        assertThat(run("publish", "t", "x", "--cacert", empty.toString())).isEqualTo(2);
        assertThat(run("publish", "t", "x", "--cacert", empty + ".not")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--cacert: " + empty + " holds no certificate that can be read (expected: a PEM file")
                .contains("--cacert: " + empty + ".not does not exist");
    }
}
