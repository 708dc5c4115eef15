package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** To names and addresses of both kinds, over connections that half close, and on whose threads. */
class TransportTest {

    private static final Answer HELLO = Answer.stream().send("data: hello\n\n");

    @Test
    void connectsToAnAddressOfIpv6() throws Exception {
        InetAddress loopback = InetAddress.getByName("::1");
        assumeTrue(canListen(loopback), "no IPv6 on this machine");
        try (ScriptedEventServer server = ScriptedEventServer.startAt(loopback, HELLO)) {
            URI uri = URI.create("http://[::1]:" + server.port() + "/events");

            assertThat(Heard.hears(uri, HttpTransport.standard())).isTrue();
            assertThat(server.requests().get(0).header("Host")).hasValue("[::1]:" + server.port());
        }
    }

    @Test
    void aNameThatDoesNotExistIsUnreachable() {
        Closed closed = Heard.ending(URI.create("http://no.such.name.invalid/"), HttpTransport.standard());

        assertThat(closed.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(closed.cause().orElseThrow()).hasMessageContaining("no.such.name.invalid");
    }

    @Test
    void runsOnLoopsOfTheCallers() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (ScriptedEventServer server = ScriptedEventServer.start(HELLO)) {
            Loops loops = Loops.of(group, NioSocketChannel.class);

            assertThat(Heard.hears(server.uri(), HttpTransport.standard().withLoops(loops)))
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

    @Test
    void aConnectionThatTheServerHalfClosesIsClosedAndMadeAnew() {
        Answer half = Answer.stream().send("data: a\n\ndata: lost").closeHalf();
        try (ScriptedEventServer server = ScriptedEventServer.start(half, HELLO)) {
            Told told = new Told();
            try (EventSource source = EventSource.open(Quick.options(server), told)) {
                told.untilMessages(2);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
                assertThat(server.open()).as("the half one is gone").isEqualTo(1);
            }
            assertThat(told.data()).containsExactly("a", "hello");
            assertThat(told.all(Closed.class)).map(Closed::reason).containsExactly(Reason.CUT);
        }
    }

    private static boolean canListen(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
