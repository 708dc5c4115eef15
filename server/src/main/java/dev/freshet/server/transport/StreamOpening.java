package dev.freshet.server.transport;

import dev.freshet.server.http.ByteStream;
import dev.freshet.server.http.ByteStream.Framing;
import dev.freshet.server.http.HttpVersion;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.StreamListener;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Makes a stream of a connection: head and opening in one write, then the codec goes and the bytes are the caller's. */
@SuppressWarnings("FutureReturnValueIgnored") // A channel tells its failures itself.
record StreamOpening(ServerContext server, NettyLoop loop, SocketChannel channel, Request request) {

    ByteStream open(Response head, byte[] opening, StreamListener listener) {
        Framing framing = request.version() == HttpVersion.HTTP_1_1 ? Framing.CHUNKED : Framing.PLAIN;
        channel.write(ResponseHead.open(head, framing == Framing.CHUNKED, loop.date()));
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(opening)));
        return channel instanceof EpollSocketChannel epoll && mayLeave()
                ? leave(RawStream.adopt(server, loop, epoll, framing, listener))
                : stay(new ChannelStream(server, loop, channel, framing, listener));
    }

    /** Only what the kernel has taken already need not be written by the channel. */
    private boolean mayLeave() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return server.raw() && channel.isActive() && unsent != null && unsent.isEmpty();
    }

    private ByteStream leave(RawStream stream) {
        removeCodec(channel.pipeline());
        return stream;
    }

    private ByteStream stay(ChannelStream stream) {
        channel.pipeline().addLast(stream);
        removeCodec(channel.pipeline());
        channel.config().setAutoRead(true);
        return stream;
    }

    /** Takes out decoder, encoder and connection; what the decoder still held goes to the handler behind them. */
    static void removeCodec(ChannelPipeline pipeline) {
        removeIfPresent(pipeline, RequestDecoder.class);
        removeIfPresent(pipeline, HttpResponseEncoder.class);
        removeIfPresent(pipeline, HttpConnection.class);
    }

    private static void removeIfPresent(ChannelPipeline pipeline, Class<? extends ChannelHandler> type) {
        if (pipeline.get(type) != null) {
            pipeline.remove(type);
        }
    }
}
