package dev.freshet.server.transport.stream;

import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that the client can read the last answer: a socket that is closed with bytes unread is reset, and
 * the answer is lost with it (RFC 9112 9.6). So the server's half is closed after the answer, what still comes is dropped,
 * and the rest is closed when the client has closed its half, or after a while. Confined to the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A channel tells its failures itself.
public final class LingeringClose {
    private LingeringClose() {}

    /**
     * Begins once the answer is written; the time counts from now.
     *
     * @param answer the write of the last answer
     * @param channel the connection
     * @param timeout how long the client may take to close its half
     */
    public static void after(ChannelFuture answer, SocketChannel channel, Duration timeout) {
        Takeover.by(new InboundDrop(), channel.pipeline());
        channel.config().setAutoRead(true);
        answer.addListener(sent -> Closing.output(channel));
        var timer =
                channel.eventLoop().schedule(() -> Closing.atOnce(channel), timeout.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
    }
}
