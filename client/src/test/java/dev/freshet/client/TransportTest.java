package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import dev.freshet.client.transport.HttpProxy;
import dev.freshet.client.transport.HttpTransport;
import dev.freshet.client.transport.Loops;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, through proxies, to addresses of both kinds, and on whose threads. */
class TransportTest {

    private static final Answer HELLO = Answer.stream().send("data: hello\n\n");
    private static final String TUNNEL = "HTTP/1.1 200 Connection established\r\n\r\n";

    @TempDir
    private Path folder;

    @Test
    void speaksTlsToWhomItTrusts() throws Exception {
        SSLContext context = certificate("dns:localhost,ip:127.0.0.1");
        try (ScriptedEventServer server = ScriptedEventServer.startSecure(context, HELLO)) {
            assertThat(hears(server.uri(), HttpTransport.standard().withTls(context)))
                    .isTrue();
        }
    }

    @Test
    void refusesAStrangersCertificate() throws Exception {
        try (ScriptedEventServer server =
                ScriptedEventServer.startSecure(certificate("dns:localhost,ip:127.0.0.1"), HELLO)) {
            assertThat(ending(server.uri(), HttpTransport.standard()).cause().orElseThrow())
                    .hasRootCauseInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        SSLContext context = certificate("dns:elsewhere.example");
        try (ScriptedEventServer server = ScriptedEventServer.startSecure(context, HELLO)) {
            Closed closed = ending(server.uri(), HttpTransport.standard().withTls(context));

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
            Closed closed = ending(server.uri(), HttpTransport.standard().withTls(context));

            assertThat(closed.reason()).isEqualTo(Reason.BAD_REDIRECT);
            assertThat(plain.requests()).isEmpty();
        }
    }

    @Test
    void goesThroughAProxyWhichLooksTheNameUp() throws Exception {
        try (ScriptedEventServer server = ScriptedEventServer.start(HELLO);
                ConnectProxy proxy = new ConnectProxy(server.port(), TUNNEL)) {
            HttpProxy withLogin =
                    new HttpProxy("localhost", proxy.port(), Optional.of(new HttpProxy.Login("user", "word")));
            HttpTransport transport = HttpTransport.standard().withProxy(withLogin);

            assertThat(hears(URI.create("http://no.such.name.invalid/events"), transport))
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

            assertThat(hears(URI.create("https://stream.example/events"), transport))
                    .isTrue();
        }
    }

    @Test
    void aProxyThatRefusesIsUnreachable() throws Exception {
        try (ScriptedEventServer server = ScriptedEventServer.start(HELLO);
                ConnectProxy proxy = new ConnectProxy(server.port(), "HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")) {
            HttpTransport transport = HttpTransport.standard().withProxy(HttpProxy.of("127.0.0.1", proxy.port()));

            assertThat(ending(server.uri(), transport).reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void connectsToAnAddressOfIpv6() throws Exception {
        InetAddress loopback = InetAddress.getByName("::1");
        assumeTrue(canListen(loopback), "no IPv6 on this machine");
        try (ScriptedEventServer server = ScriptedEventServer.startAt(loopback, HELLO)) {
            URI uri = URI.create("http://[::1]:" + server.port() + "/events");

            assertThat(hears(uri, HttpTransport.standard())).isTrue();
            assertThat(server.requests().get(0).header("Host")).hasValue("[::1]:" + server.port());
        }
    }

    @Test
    void aNameThatDoesNotExistIsUnreachable() {
        Closed closed = ending(URI.create("http://no.such.name.invalid/"), HttpTransport.standard());

        assertThat(closed.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(closed.cause().orElseThrow()).hasMessageContaining("no.such.name.invalid");
    }

    @Test
    void runsOnLoopsOfTheCallers() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (ScriptedEventServer server = ScriptedEventServer.start(HELLO)) {
            Loops loops = Loops.of(group, NioSocketChannel.class);

            assertThat(hears(server.uri(), HttpTransport.standard().withLoops(loops)))
                    .isTrue();
        } finally {
            group.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS)
                    .sync();
        }
    }

    @Test
    void manyStreamsShareTwoThreads() {
        try (ScriptedEventServer server = ScriptedEventServer.start(HELLO)) {
            List<Told> all = IntStream.range(0, 200).mapToObj(i -> new Told()).toList();
            List<EventSource> sources = all.stream()
                    .map(told -> EventSource.open(Quick.options(server), told))
                    .toList();
            all.forEach(told -> told.untilMessages(1));

            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("freshet-client-"))
                            .filter(thread -> !thread.getName().startsWith("freshet-client-names"))
                            .allMatch(Thread::isDaemon))
                    .isTrue();
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.startsWith("freshet-client-"))
                            .filter(name -> !name.startsWith("freshet-client-names")))
                    .hasSizeBetween(1, 2);
            sources.forEach(EventSource::close);
        }
    }

    private SSLContext certificate(String names) throws IOException, GeneralSecurityException {
        return TestCertificate.contextFor(names, folder);
    }

    private static boolean canListen(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hears(URI uri, HttpTransport transport) {
        Told told = new Told();
        try (EventSource source = EventSource.open(options(uri, transport), told)) {
            told.until(so -> !so.events().isEmpty() && (so.data().contains("hello") || hasClosed(so)));
            assertThat(told.all(Closed.class)).isEmpty();
            return source.readyState() == EventSource.ReadyState.OPEN;
        }
    }

    private static boolean hasClosed(Told told) {
        return !told.all(Closed.class).isEmpty();
    }

    private static Closed ending(URI uri, HttpTransport transport) {
        Told told = new Told();
        try (EventSource source = EventSource.open(options(uri, transport), told)) {
            Closed closed = told.end();
            assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            return closed;
        }
    }

    private static StreamOptions options(URI uri, HttpTransport transport) {
        return StreamOptions.of(uri).withTransport(transport).withRetry(Quick.POLICY.withMaxAttempts(1));
    }
}
