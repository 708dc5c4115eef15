package dev.freshet.server.transport.h1;

import dev.freshet.server.http.Problem;
import dev.freshet.server.http.Response;
import dev.freshet.server.transport.loop.LoopGroup;
import dev.freshet.server.transport.loop.NettyLoop;
import dev.freshet.server.transport.loop.ServerContext;
import dev.freshet.server.transport.stream.LingeringClose;
import dev.freshet.server.transport.tls.ServerCertificate;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.util.Optional;

/** Sets up each new connection: counted, with HTTP on it, or refused where there are too many. Runs on the connection's loop. */
@SuppressWarnings("FutureReturnValueIgnored") // A channel tells its failures itself.
public final class ConnectionSetup extends ChannelInitializer<SocketChannel> {
    private final ServerContext server;
    private final LoopGroup group;
    private final Optional<ServerCertificate> certificate;

    /**
     * The setup of a server's connections.
     *
     * @param server what its connections share
     * @param group the loops they belong to
     * @param certificate what they are shown; empty for connections without TLS
     */
    public ConnectionSetup(ServerContext server, LoopGroup group, Optional<ServerCertificate> certificate) {
        this.server = server;
        this.group = group;
        this.certificate = certificate;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        NettyLoop loop = group.loop(channel.eventLoop());
        boolean room = server.connectionOpened();
        channel.closeFuture().addListener(closed -> server.connectionClosed());
        if (channel.remoteAddress() == null) {
            channel.close();
        } else if (room && !server.closing()) {
            certificate.ifPresent(shown -> channel.pipeline().addLast(shown.handler()));
            new HttpConnection(server, loop, channel).start();
        } else if (certificate.isPresent()) {
            channel.close(); // A handshake would cost more than all that the limit is to save.
        } else {
            refuse(channel, loop);
        }
    }

    private void refuse(SocketChannel channel, NettyLoop loop) {
        String detail =
                "connections: too many (expected: at most " + server.limits().connections() + ")";
        Response answer = Problem.of(503, "too-many-connections", "Too many connections", detail)
                .response()
                .with("Retry-After", "1");
        HttpResponse head = ResponseHead.last(answer, loop.date());
        channel.pipeline().addLast(new HttpResponseEncoder());
        loop.execute(() -> LingeringClose.after(
                channel.writeAndFlush(head), channel, server.limits().lingerTimeout()));
    }
}
