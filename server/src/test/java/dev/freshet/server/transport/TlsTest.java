package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.server.transport.RawClient.Answer;
import dev.freshet.server.transport.TestServer.Stream;
import dev.freshet.server.transport.tls.TlsOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only connections with TLS do; all the rest is in the tests of each wire. */
@ParameterizedClass
@EnumSource(names = {"TLS", "TLS_NIO"})
class TlsTest {
    @Parameter
    Wire wire = Wire.TLS;

    private TestServer server;

    @BeforeEach
    void open() throws IOException {
        server = new TestServer(wire);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void awaitNoConnections() {
        await().until(() -> server.transport().connections() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksBothVersions(String version) throws Exception {
        try (SSLSocket socket = socket(version)) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            socket.getOutputStream()
                    .write("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("hello");
        }
    }

    /** A client hello of TLS 1.1 (RFC 4346 7.4.1.2), without extensions; the answer is the alert protocol_version. */
    @Test
    void refusesOldVersions() throws Exception {
        try (RawClient client = RawClient.plain(server.port(), 0)) {
            String hello = "\u0003\u0002" + "r".repeat(32) + "\u0000" + "\u0000\u0004\u0000\u002f\u0000\u0035"
                    + "\u0001\u0000";
            client.send("\u0016\u0003\u0001\u0000" + (char) (hello.length() + 4) + "\u0001\u0000\u0000"
                    + (char) hello.length() + hello);
            assertThat(client.rest()).hasSize(7).endsWith("\u0000\u0002\u0002F");
        }
        awaitNoConnections();
    }

    private SSLSocket socket(String version) throws IOException {
        SSLSocket socket = (SSLSocket) TestCertificate.INSTANCE.trusting().createSocket("localhost", server.port());
        socket.setEnabledProtocols(new String[] {version});
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Test
    void tellsPlainHttpWhatWasExpected() throws Exception {
        try (RawClient client = RawClient.plain(server.port(), 0)) {
            Answer answer = client.request("GET /hello").answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("scheme: http (expected: https://, since this hub speaks TLS alone)");
            assertThat(client.isAtEnd()).isTrue();
        }
        awaitNoConnections();
    }

    @Test
    void closesAConnectionWithNoise() throws Exception {
        try (RawClient client = RawClient.plain(server.port(), 0)) {
            client.send("\u0016\u0003\u0001\u0000\u0020 this is no handshake, but is as long as one");
            assertThat(client.rest()).as("an alert").hasSize(7).startsWith("\u0015\u0003\u0003");
        }
        awaitNoConnections();
    }

    @Test
    void closesAConnectionThatDoesNotEndItsHandshake() throws Exception {
        TlsOptions tls = TestCertificate.INSTANCE.options().withHandshakeTimeout(Duration.ofMillis(300));
        try (TestServer patient = new TestServer(wire.options().withTls(tls));
                RawClient client = RawClient.plain(patient.port(), 0)) {
            client.send("\u0016\u0003\u0001\u0001\u0000");
            assertThat(client.isAtEnd()).isTrue();
            await().until(() -> patient.transport().connections() == 0);
        }
    }

    @Test
    void closesAConnectionThatSaysNothing() throws Exception {
        try (RawClient client = RawClient.plain(server.port(), 0)) {
            assertThat(client.isAtEnd()).isTrue();
        }
        awaitNoConnections();
    }

    @Test
    void lastsThroughClientsThatDoNotTrustIt() throws Exception {
        SSLContext suspicious = SSLContext.getInstance("TLS");
        suspicious.init(null, null, null);
        try (RawClient client = RawClient.tls(server.port(), 0, suspicious.getSocketFactory())) {
            assertThatThrownBy(() -> client.request("GET /hello")).isInstanceOf(SSLHandshakeException.class);
        }
        awaitNoConnections();
        try (RawClient client = server.connect()) {
            assertThat(client.request("GET /hello").answer().body()).isEqualTo("hello");
        }
    }

    /** Within one record there may be more plain text than TLS takes: what is offered at once becomes several. */
    @Test
    void sendsMoreThanARecordAtOnce() throws Exception {
        try (RawClient client = server.connect().request("GET /stream")) {
            Stream stream = server.stream();
            client.head();
            String text = "y".repeat(40_000);
            stream.onLoop(() -> assertThat(
                            stream.bytes().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))))
                    .isEqualTo(text.length()));
            assertThat(client.text(8)).isEqualTo("3\r\n:\n\n\r\n");
            assertThat(client.text(text.length())).isEqualTo(text);
        }
    }

    /** Netty would wait three seconds for room to tell the client of the end. */
    @Test
    void closesAnIdleConnectionAlthoughItsClientReadsNothing() throws Exception {
        try (RawClient client = server.connect(4096)) {
            for (int i = 0; i < 20; i++) {
                client.request("GET /large");
            }
            await().until(() -> server.transport().connections() == 1);
            await().atMost(Duration.ofMillis(TestServer.LIMITS.idleTimeout().toMillis() + 2500))
                    .until(() -> server.transport().connections() == 0);
        }
    }
}
