package dev.freshet.server.transport.stream;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;

/** Closes connections, with TLS or without. Confined to the loop. */
@SuppressWarnings("FutureReturnValueIgnored") // A channel tells its failures itself.
public final class Closing {
    private Closing() {}

    /**
     * Closes the server's half, behind all that was written. With TLS the client is told within it too, so that it can know
     * the end from a cut (RFC 8446 6.1).
     *
     * @param channel the connection
     */
    static void output(SocketChannel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            channel.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(told -> channel.shutdownOutput());
        }
    }

    /**
     * Closes a connection; with TLS the client is told before, if there is room for that.
     *
     * @param channel the connection
     */
    public static void politely(SocketChannel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        }
        atOnce(channel);
    }

    /**
     * Closes a connection whatever is still to be written. Netty would wait for seconds, with TLS, until a client that takes
     * nothing is told of the end.
     *
     * @param channel the connection
     */
    static void atOnce(SocketChannel channel) {
        channel.unsafe().close(channel.voidPromise());
    }
}
