package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.transport.HttpTransport;
import dev.freshet.client.transport.Loops;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadyStateTest {

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void shutDown() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void staysClosedWhateverTheLoopIsInTheMidstOf() throws InterruptedException {
        CountDownLatch isAttempting = new CountDownLatch(1);
        CountDownLatch isClosed = new CountDownLatch(1);
        CompletableFuture<EventSource.ReadyState> seen = new CompletableFuture<>();
        CompletableFuture<EventSource> source = new CompletableFuture<>();
        HttpTransport transport = HttpTransport.standard().withLoops(Loops.of(group, NioSocketChannel.class));
        StreamOptions options = StreamOptions.of(URI.create("http://127.0.0.1:1/"))
                .withTransport(transport)
                .withHeaders(() -> {
                    isAttempting.countDown();
                    awaitQuietly(isClosed);
                    return CompletableFuture.failedFuture(new IllegalStateException("no headers"));
                });
        source.complete(EventSource.open(options, message -> {}));
        assertThat(isAttempting.await(20, TimeUnit.SECONDS)).isTrue();
        // Runs behind the attempt that fails, and before what the close leaves for the loop to do.
        group.execute(() -> seen.complete(source.join().readyState()));
        source.join().close();
        isClosed.countDown();

        assertThat(seen.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(EventSource.ReadyState.CLOSED);
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
