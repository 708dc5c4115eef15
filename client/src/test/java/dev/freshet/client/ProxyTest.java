package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import dev.freshet.client.transport.HttpProxy;
import dev.freshet.client.transport.HttpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through a proxy that does what it should, and through others. */
class ProxyTest {

    private static final Answer HELLO = Answer.stream().send("data: hello\n\n");

    private static final String TUNNEL = "HTTP/1.1 200 Connection established\r\n\r\n";

    @TempDir
    private Path folder;

    @Test
    void goesThroughAProxyWhichLooksTheNameUp() throws Exception {
        try (ScriptedEventServer server = ScriptedEventServer.start(HELLO);
                ConnectProxy proxy = new ConnectProxy(server.port(), TUNNEL)) {
            HttpProxy withLogin =
                    new HttpProxy("localhost", proxy.port(), Optional.of(new HttpProxy.Login("user", "word")));
            HttpTransport transport = HttpTransport.standard().withProxy(withLogin);

            assertThat(Heard.hears(URI.create("http://no.such.name.invalid/events"), transport))
                    .isTrue();
            assertThat(proxy.heads())
                    .hasSize(1)
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("CONNECT no.such.name.invalid:80 HTTP/1.1\r\n")
                            .containsIgnoringCase("proxy-authorization: Basic dXNlcjp3b3Jk\r\n"));
            assertThat(server.requests().get(0).header("Host")).hasValue("no.such.name.invalid");
            assertThat(server.requests().get(0).header("Proxy-Authorization")).isEmpty();
        }
    }

    @Test
    void speaksTlsThroughAProxy() throws Exception {
        SSLContext context = certificate("dns:stream.example");
        try (ScriptedEventServer server = ScriptedEventServer.startSecure(context, HELLO);
                ConnectProxy proxy = new ConnectProxy(server.port(), TUNNEL)) {
            HttpTransport transport =
                    HttpTransport.standard().withTls(context).withProxy(HttpProxy.of("127.0.0.1", proxy.port()));

            assertThat(Heard.hears(URI.create("https://stream.example/events"), transport))
                    .isTrue();
        }
    }

    @Test
    void aProxyThatRefusesIsUnreachable() throws Exception {
        try (ScriptedEventServer server = ScriptedEventServer.start(HELLO);
                ConnectProxy proxy = new ConnectProxy(server.port(), "HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")) {
            HttpTransport transport = HttpTransport.standard().withProxy(HttpProxy.of("127.0.0.1", proxy.port()));

            assertThat(Heard.ending(server.uri(), transport).reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void comesBackThroughAProxyThatDied() throws Exception {
        try (ScriptedEventServer server = ScriptedEventServer.start(HELLO);
                ConnectProxy proxy = new ConnectProxy(server.port(), TUNNEL)) {
            Told told = new Told();
            StreamOptions options = Quick.options(server)
                    .withTransport(HttpTransport.standard().withProxy(HttpProxy.of("127.0.0.1", proxy.port())));
            try (EventSource source = EventSource.open(options, told)) {
                told.untilMessages(1);
                proxy.cut();
                told.untilMessages(2);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
            assertThat(told.all(Closed.class)).map(Closed::reason).containsExactly(Reason.CUT);
            assertThat(proxy.heads()).hasSize(2);
        }
    }

    @Test
    void aProxyThatIsGoneIsUnreachable() throws Exception {
        HttpProxy gone;
        try (ConnectProxy proxy = new ConnectProxy(1, TUNNEL)) {
            gone = HttpProxy.of("127.0.0.1", proxy.port());
        }
        URI anywhere = URI.create("http://no.such.name.invalid/");

        assertThat(Heard.ending(anywhere, HttpTransport.standard().withProxy(gone))
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aProxyThatNeverAnswersIsUnreachable() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            HttpTransport transport = HttpTransport.standard()
                    .withConnectTimeout(Duration.ofMillis(300))
                    .withProxy(HttpProxy.of("127.0.0.1", mute.getLocalPort()));

            assertThat(Heard.ending(URI.create("http://no.such.name.invalid/"), transport)
                            .reason())
                    .isEqualTo(Reason.UNREACHABLE);
        }
    }

    private SSLContext certificate(String names) throws IOException, GeneralSecurityException {
        return TestCertificate.of(names, folder).context();
    }
}
