package dev.freshet.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.http.Origin;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DialTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final HttpTransport transport = HttpTransport.standard();
    private final Loop loop = transport.loops().next();

    @Test
    void triesEachAddressUntilOneAccepts() throws IOException {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.status(204))) {
            List<InetAddress> addresses = addresses("127.0.0.3", "127.0.0.2", "127.0.0.1");
            Channel channel = connect(server.port(), addresses).join();

            assertThat(channel.remoteAddress()).isEqualTo(new InetSocketAddress("127.0.0.1", server.port()));
            channel.close().syncUninterruptibly();
        }
    }

    @Test
    void saysWhatTheLastAddressSaid() throws IOException {
        int port;
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.status(204))) {
            port = server.port();
        }
        assertThat(connect(port, addresses("127.0.0.3", "127.0.0.2")))
                .failsWithin(SOON)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void saysSoWhenItCannotEvenTry() {
        assertThat(connect(1, List.of())).failsWithin(SOON);
    }

    private CompletableFuture<Channel> connect(int port, List<InetAddress> addresses) {
        CompletableFuture<Channel> connected = new CompletableFuture<>();
        Dial.Outcome outcome = new Dial.Outcome() {
            @Override
            public void onConnected(Channel channel) {
                connected.complete(channel);
            }

            @Override
            public void onUnreachable(Throwable cause) {
                connected.completeExceptionally(cause);
            }
        };
        Origin origin = new Origin(false, "many.example", port);
        Dial.Lookup lookup = (host, on, found, failed) -> on.execute(() -> found.accept(addresses));
        // Sharable, since one address after the other is given it.
        ChannelInboundHandlerAdapter top = new ChannelInboundHandlerAdapter() {
            @Override
            public boolean isSharable() {
                return true;
            }
        };
        loop.execute(() -> new Dial(transport, loop, origin, top, outcome, lookup).start());
        return connected;
    }

    private static List<InetAddress> addresses(String... literals) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : literals) {
            addresses.add(InetAddress.getByName(literal));
        }
        return addresses;
    }
}
