package dev.freshet.server.transport.stream;

import dev.freshet.server.http.stream.ByteStream;
import dev.freshet.server.http.stream.ByteStream.Framing;
import dev.freshet.server.http.stream.StreamListener;
import dev.freshet.server.transport.loop.NettyLoop;
import dev.freshet.server.transport.loop.ServerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;

/** Makes a stream of a connection: its handlers go, and the bytes are the caller's. Confined to the loop. */
public final class StreamOpening {
    private StreamOpening() {}

    /**
     * Opens a stream behind what was written and flushed so far.
     *
     * @param server what counts the connection
     * @param loop the channel's loop
     * @param channel the connection, the stream's from now on
     * @param framing what the head said
     * @param listener who is told of room and of the end
     * @return the stream
     */
    public static ByteStream open(
            ServerContext server, NettyLoop loop, SocketChannel channel, Framing framing, StreamListener listener) {
        if (server.raw() && channel instanceof EpollSocketChannel epoll && isWritten(channel)) {
            return RawStream.adopt(server, loop, epoll, framing, listener);
        }
        ChannelStream stream = new ChannelStream(server, loop, channel, framing, listener);
        Takeover.by(stream, channel.pipeline());
        channel.config().setAutoRead(true);
        return stream;
    }

    /** Only what the kernel has taken already need not be written by the channel. */
    private static boolean isWritten(SocketChannel channel) {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return channel.isActive() && unsent != null && unsent.isEmpty();
    }
}
