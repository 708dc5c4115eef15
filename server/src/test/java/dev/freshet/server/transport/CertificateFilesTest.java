package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.server.transport.tls.TlsOptions;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as other servers take them, too: other kinds of keys, and chains that are not as they should be. */
class CertificateFilesTest {
    private static final X509Bundle ROOT = issued("CN=Root", null);
    private static final X509Bundle BETWEEN = issued("CN=Between", ROOT);
    private static final X509Bundle OWN = issued("CN=localhost", BETWEEN);
    private static final X509Bundle NAMESAKE = issued("CN=Between", ROOT);
    private static final X509Bundle STRANGER = issued("CN=Stranger", null);

    @TempDir
    Path directory;

    private Path chain;
    private Path key;

    private static X509Bundle issued(String subject, X509Bundle by) {
        try {
            var builder = TestCertificate.builder(subject).setIsCertificateAuthority(!subject.equals("CN=localhost"));
            return by == null ? builder.buildSelfSigned() : builder.buildIssuedBy(by);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void files() throws IOException {
        chain = directory.resolve("chain.pem");
        key = Files.writeString(directory.resolve("key.pem"), OWN.getPrivateKeyPEM());
    }

    private TestServer server() throws IOException {
        return new TestServer(TransportOptions.on("127.0.0.1", 0).withTls(TlsOptions.of(chain, key)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"rsa2048", "ecp384", "ed25519"})
    void serversHaveKeysOfManyKinds(Algorithm algorithm) throws IOException {
        TestCertificate certificate = TestCertificate.of("CN=localhost", algorithm);
        try (TestServer server =
                        new TestServer(TransportOptions.on("127.0.0.1", 0).withTls(certificate.options()));
                RawClient client = RawClient.tls(server.port(), 0, certificate.trusting())) {
            assertThat(client.request("GET /hello").answer().body()).isEqualTo("hello");
        }
    }

    static Stream<String> chains() {
        String own = OWN.getCertificatePEM();
        String between = BETWEEN.getCertificatePEM();
        String root = ROOT.getCertificatePEM();
        return Stream.of(
                own + between,
                own + between + root,
                own + root + between,
                own + between + own,
                own + NAMESAKE.getCertificatePEM() + between,
                own + STRANGER.getCertificatePEM() + between,
                OWN.getPrivateKeyPEM() + own + between,
                "subject=localhost\r\n" + own + "issuer=Between\r\n" + between);
    }

    @ParameterizedTest
    @MethodSource("chains")
    void clientsGetWhatLeadsToTheRoot(String text) throws Exception {
        Files.writeString(chain, text);
        try (TestServer server = server();
                RawClient client = RawClient.tls(server.port(), 0, TestCertificate.trusting(ROOT))) {
            assertThat(client.request("GET /hello").answer().body()).isEqualTo("hello");
        }
    }

    @Test
    void theFirstCertificateIsTheServersOwn() throws Exception {
        Files.writeString(chain, BETWEEN.getCertificatePEM() + OWN.getCertificatePEM());
        assertThatThrownBy(this::server)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not the key of the first certificate in " + chain);
    }

    @Test
    void refusesAFileThatIsMuchTooLarge() throws Exception {
        Files.writeString(chain, OWN.getCertificatePEM() + "x".repeat(1 << 20));
        assertThatThrownBy(this::server).isInstanceOf(IOException.class).hasMessageContaining("cannot be read");
    }
}
