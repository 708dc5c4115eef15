package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import dev.freshet.client.transport.HttpTransport;
import dev.freshet.codec.EventStreamParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who trusts whom, and that nothing is said to anybody else. */
class TlsTest {

    private static final Answer HELLO = Answer.stream().send("data: hello\n\n");

    @TempDir
    private Path folder;

    @Test
    void speaksTlsToWhomItTrusts() throws Exception {
        SSLContext context = certificate("dns:localhost,ip:127.0.0.1");
        try (ScriptedEventServer server = ScriptedEventServer.startSecure(context, HELLO)) {
            assertThat(Heard.hears(server.uri(), HttpTransport.standard().withTls(context)))
                    .isTrue();
        }
    }

    @Test
    void refusesAStrangersCertificate() throws Exception {
        try (ScriptedEventServer server =
                ScriptedEventServer.startSecure(certificate("dns:localhost,ip:127.0.0.1"), HELLO)) {
            assertThat(Heard.ending(server.uri(), HttpTransport.standard())
                            .cause()
                            .orElseThrow())
                    .hasRootCauseInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        SSLContext context = certificate("dns:elsewhere.example");
        try (ScriptedEventServer server = ScriptedEventServer.startSecure(context, HELLO)) {
            Closed closed = Heard.ending(server.uri(), HttpTransport.standard().withTls(context));

            assertThat(closed.cause().orElseThrow()).hasStackTraceContaining("No subject alternative names matching");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aRedirectDoesNotLeaveTls() throws Exception {
        SSLContext context = certificate("ip:127.0.0.1");
        try (ScriptedEventServer plain = ScriptedEventServer.start(HELLO);
                ScriptedEventServer server = ScriptedEventServer.startSecure(
                        context, Answer.redirect(302, plain.uri().toString()))) {
            Closed closed = Heard.ending(server.uri(), HttpTransport.standard().withTls(context));

            assertThat(closed.reason()).isEqualTo(Reason.BAD_REDIRECT);
            assertThat(plain.requests()).isEmpty();
        }
    }

    @Test
    void showsItsCertificateToAServerThatWantsOne() throws Exception {
        SSLContext context = certificate("ip:127.0.0.1");
        try (ScriptedEventServer server = ScriptedEventServer.startBehind(doorThatWantsCertificates(context), HELLO)) {
            assertThat(Heard.hears(server.uri(), HttpTransport.standard().withTls(context)))
                    .isTrue();
        }
    }

    @Test
    void aServerThatWantsACertificateIsNotHeardWithoutOne() throws Exception {
        TestCertificate certificate = TestCertificate.of("ip:127.0.0.1", folder);
        ServerSocket door = doorThatWantsCertificates(certificate.context());
        try (ScriptedEventServer server = ScriptedEventServer.startBehind(door, HELLO)) {
            assertThat(Heard.ending(server.uri(), HttpTransport.standard().withTls(certificate.trustAlone()))
                            .reason())
                    .isEqualTo(Reason.UNREACHABLE);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aServerWithoutTlsIsUnreachable() throws Exception {
        try (ScriptedEventServer plain = ScriptedEventServer.start(HELLO)) {
            URI secure = URI.create("https://127.0.0.1:" + plain.port() + "/events");

            assertThat(Heard.ending(secure, HttpTransport.standard()).reason()).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void aHandshakeThatNobodyAnswersEndsTheAttempt() throws Exception {
        StreamLimits impatient =
                new StreamLimits(Duration.ofMillis(300), Optional.empty(), 20, EventStreamParser.Limits.DEFAULT);
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            Told told = new Told();
            StreamOptions options = StreamOptions.of(URI.create("https://127.0.0.1:" + mute.getLocalPort() + "/"))
                    .withLimits(impatient)
                    .withRetry(Quick.POLICY.withMaxAttempts(1));
            try (EventSource source = EventSource.open(options, told)) {
                assertThat(told.end().reason()).isEqualTo(Reason.NO_RESPONSE);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            }
        }
    }

    /** The stream's own time would be half a minute. */
    @Test
    void aHandshakeTakesNoLongerThanAConnectionMay() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            URI uri = URI.create("https://127.0.0.1:" + mute.getLocalPort() + "/");
            long startedNanos = System.nanoTime();
            Closed closed = Heard.ending(uri, HttpTransport.standard().withConnectTimeout(Duration.ofMillis(300)));

            assertThat(closed.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(closed.cause().orElseThrow()).isInstanceOf(SSLException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isLessThan(Duration.ofSeconds(8));
        }
    }

    /** Whose end the end of the connection is, nobody can say then: a stream that ends so was cut. */
    @Test
    void anEndWithoutTheGoodbyeOfTlsIsACut() throws Exception {
        SSLContext context = certificate("ip:127.0.0.1");
        CountDownLatch isHeard = new CountDownLatch(1);
        String endsWithTheConnection =
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
        TlsDoor door = new TlsDoor(context);
        try (ScriptedEventServer server = ScriptedEventServer.startBehind(
                door, Answer.raw(endsWithTheConnection + "data: hello\n\n").await(isHeard))) {
            Told told = new Told();
            StreamOptions options = StreamOptions.of(door.uri())
                    .withTransport(HttpTransport.standard().withTls(context))
                    .withRetry(Quick.POLICY);
            try (EventSource source = EventSource.open(options, told)) {
                told.untilMessages(1);
                door.cut();
                told.until(so -> !so.all(Closed.class).isEmpty());
                assertThat(source.readyState()).isNotEqualTo(EventSource.ReadyState.CLOSED);
            }
            assertThat(told.all(Closed.class).get(0).reason()).isEqualTo(Reason.CUT);
            assertThat(server.requests()).isNotEmpty();
            isHeard.countDown();
        }
    }

    private static ServerSocket doorThatWantsCertificates(SSLContext context) throws IOException {
        SSLServerSocket door = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        door.setNeedClientAuth(true);
        return door;
    }

    private SSLContext certificate(String names) throws IOException, GeneralSecurityException {
        return TestCertificate.of(names, folder).context();
    }
}
