package dev.freshet.server.transport.tls;

import dev.freshet.server.transport.stream.Closing;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;

/**
 * Looks at a connection's first bytes: a handshake puts Netty's {@link SslHandler} in its place, anything else goes on as it is,
 * to be told that TLS was expected. Confined to the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A channel tells its failures itself.
final class TlsEntry extends OptionalSslHandler {
    private final Duration handshakeTimeout;

    TlsEntry(SslContext context, Duration handshakeTimeout) {
        super(context);
        this.handshakeTimeout = handshakeTimeout;
    }

    @Override
    protected SslHandler newSslHandler(ChannelHandlerContext ctx, SslContext context) {
        SslHandler tls = super.newSslHandler(ctx, context);
        SocketChannel channel = (SocketChannel) ctx.channel();
        tls.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        tls.sslCloseFuture().addListener(closed -> {
            if (closed.isSuccess()) {
                Closing.politely(channel); // The client sends no more; as without TLS, that ends the connection.
            }
        });
        return tls;
    }
}
