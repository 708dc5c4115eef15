package dev.freshet.server.transport;

import dev.freshet.server.http.Problem;
import dev.freshet.server.http.Response;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.util.Map;

/** Sets up each new connection: counted, with HTTP on it, or refused where there are too many. Runs on the connection's loop. */
@SuppressWarnings("FutureReturnValueIgnored") // A channel tells its failures itself.
final class ConnectionSetup extends ChannelInitializer<SocketChannel> {
    private final ServerContext server;
    private final Map<EventLoop, NettyLoop> loops;

    ConnectionSetup(ServerContext server, Map<EventLoop, NettyLoop> loops) {
        this.server = server;
        this.loops = Map.copyOf(loops);
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        NettyLoop loop = loops.get(channel.eventLoop());
        boolean room = server.connectionOpened();
        channel.closeFuture().addListener(closed -> server.connectionClosed());
        if (loop == null || channel.remoteAddress() == null) {
            channel.close();
        } else if (room && !server.closing()) {
            new HttpConnection(server, loop, channel).start();
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
        HttpResponse head = ResponseHead.whole(answer, false, loop.date());
        ResponseHead.connection(head, false, dev.freshet.server.http.HttpVersion.HTTP_1_1);
        channel.pipeline().addLast(new HttpResponseEncoder());
        loop.execute(() -> LingeringClose.after(
                channel.writeAndFlush(head), channel, server.limits().lingerTimeout()));
    }
}
