package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.server.transport.tls.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that cannot be used, and such as are renewed while the server runs. */
class CertificateRenewalTest {
    private static final TestCertificate OLD = TestCertificate.INSTANCE;
    private static final TestCertificate RENEWED = TestCertificate.of("CN=localhost, O=Renewed");
    private static final Duration OFTEN = Duration.ofMillis(10);

    @TempDir
    Path directory;

    private Path chain;
    private Path key;

    @BeforeEach
    void install() throws IOException {
        chain = directory.resolve("chain.pem");
        key = directory.resolve("key.pem");
        install(OLD.options().certificate(), chain);
        install(OLD.options().key(), key);
    }

    private static void install(Path from, Path to) throws IOException {
        Path beside = to.resolveSibling(to.getFileName() + ".new");
        Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private TestServer server() throws IOException {
        TlsOptions tls = new TlsOptions(chain, key, Duration.ofSeconds(10), OFTEN);
        return new TestServer(TransportOptions.on("127.0.0.1", 0).withTls(tls));
    }

    private static boolean isTrusted(TestServer server, TestCertificate by) {
        try (RawClient client = RawClient.tls(server.port(), 0, by.trusting())) {
            return client.request("GET /hello").answer().status() == 200;
        } catch (SSLHandshakeException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void newConnectionsGetTheRenewedCertificateAndOldOnesGoOn() throws Exception {
        try (TestServer server = server();
                RawClient before = RawClient.tls(server.port(), 0, OLD.trusting())) {
            assertThat(before.request("GET /hello").answer().status()).isEqualTo(200);

            install(RENEWED.options().certificate(), chain);
            install(RENEWED.options().key(), key);

            await().until(() -> isTrusted(server, RENEWED));
            assertThat(isTrusted(server, OLD)).isFalse();
            assertThat(before.request("GET /hello").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void staysAsItWasBetweenTheTwoFiles() throws Exception {
        try (TestServer server = server()) {
            install(RENEWED.options().certificate(), chain);
            awaitThatNothingChanges(server);
            Files.delete(key);
            assertThat(isTrusted(server, OLD)).isTrue();
            install(RENEWED.options().key(), key);
            await().until(() -> isTrusted(server, RENEWED));
        }
    }

    /** What keeps a file from being used need not change how it looks: the rights of a folder, for example. */
    @Test
    void triesAgainWhatFailedAlthoughTheFilesLookTheSame() throws Exception {
        try (TestServer server = server()) {
            install(RENEWED.options().certificate(), chain);
            awaitThatNothingChanges(server);
            FileTime modified = Files.getLastModifiedTime(key);
            String renewed = Files.readString(RENEWED.options().key());
            assertThat(renewed).hasSize((int) Files.size(key));

            Files.writeString(key, renewed);
            Files.setLastModifiedTime(key, modified);

            await().until(() -> isTrusted(server, RENEWED));
        }
    }

    private static void awaitThatNothingChanges(TestServer server) {
        await().during(10 * OFTEN.toMillis(), TimeUnit.MILLISECONDS).until(() -> isTrusted(server, OLD));
    }

    @Test
    void refusesAKeyOfAnotherCertificate() throws Exception {
        install(RENEWED.options().key(), key);
        assertThatThrownBy(this::server)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tls.key: " + key + " is not the key of the first certificate in " + chain);
    }

    @Test
    void refusesFilesThatAreNotThere() throws Exception {
        Files.delete(chain);
        assertThatThrownBy(this::server)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("tls.certificate: " + chain + " does not exist (expected: a PEM file");
    }

    @Test
    void refusesFilesThatHoldSomethingElse() throws Exception {
        Files.copy(chain, key, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::server).isInstanceOf(IOException.class).hasMessageContaining("openssl pkcs8 -topk8");
        install(OLD.options().key(), key);
        Files.writeString(chain, "not a certificate");
        assertThatThrownBy(this::server)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no certificate that can be read");
    }

    @Test
    void refusesADamagedKey() throws Exception {
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(this::server)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds a damaged or unknown private key");
    }
}
