package dev.freshet.server.transport.stream;

import dev.freshet.server.http.stream.ByteStream;
import dev.freshet.server.http.stream.StreamEnd;
import dev.freshet.server.http.stream.StreamListener;
import dev.freshet.server.transport.loop.NettyLoop;
import dev.freshet.server.transport.loop.ServerContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stream over a Netty channel. Netty keeps what the kernel does not take; so that it keeps nothing, the copy it was given
 * is cut where the kernel stopped, and its promise, which completes when there is room again, is the sign to go on. What TLS
 * has encrypted cannot be cut; there a portion is one record, and what Netty keeps at most the rest of that. Confined to the
 * loop.
 *
 * <pre>
 *   OPEN --short write--&gt; FULL --promise done, onWritable--&gt; OPEN
 *   end, abort, client gone, network failed, server closed: CLOSED; after end, {@link LingeringClose} goes on
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // A channel tells its failures itself.
final class ChannelStream extends ChannelInboundHandlerAdapter implements ByteStream {
    private static final int MAX_COPY_BYTES = 256 * 1024;
    /** The most plain text in a record (RFC 8446 5.1). */
    private static final int MAX_RECORD_BYTES = 16 * 1024;

    private enum Phase {
        OPEN,
        FULL,
        CLOSED
    }

    private final ServerContext server;
    private final NettyLoop loop;
    private final SocketChannel channel;
    private final Framing framing;
    private final StreamListener listener;
    private final boolean tls;
    private Phase phase = Phase.OPEN;
    private @Nullable StreamEnd end;

    ChannelStream(
            ServerContext server, NettyLoop loop, SocketChannel channel, Framing framing, StreamListener listener) {
        this.server = server;
        this.loop = loop;
        this.channel = channel;
        this.framing = framing;
        this.listener = listener;
        this.tls = channel.pipeline().get(SslHandler.class) != null;
    }

    @Override
    public int write(ByteBuffer bytes) {
        assert loop.inLoop();
        if (!channel.isActive() || phase == Phase.CLOSED) {
            return -1;
        }
        int taken = 0;
        while (phase == Phase.OPEN && taken < bytes.remaining()) {
            int portion = writePortion(bytes, bytes.position() + taken);
            if (portion < 0) {
                return -1;
            }
            taken += portion;
        }
        return taken;
    }

    @Override
    public void end() {
        assert loop.inLoop();
        if (phase != Phase.CLOSED && channel.isActive()) {
            ByteBuf rest = framing == Framing.CHUNKED
                    ? Unpooled.wrappedBuffer(loop.memory().lastChunk())
                    : Unpooled.EMPTY_BUFFER;
            LingeringClose.after(
                    channel.writeAndFlush(rest), channel, server.limits().lingerTimeout());
            end = StreamEnd.ENDED;
            onClosed();
        }
    }

    @Override
    public void abort() {
        assert loop.inLoop();
        if (phase != Phase.CLOSED && channel.isOpen()) {
            end = StreamEnd.ABORTED;
            if (channel.isActive()) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
            }
            Closing.atOnce(channel);
        }
    }

    /** A channel that is closed already tells it no more. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!channel.isActive()) {
            loop.execute(this::onClosed);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        ReferenceCountUtil.release(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        onClosed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        onFailed(cause);
        Closing.politely(channel);
    }

    private int writePortion(ByteBuffer bytes, int from) {
        int size = Math.min(tls ? MAX_RECORD_BYTES : MAX_COPY_BYTES, bytes.limit() - from);
        ByteBuf copy = channel.alloc().directBuffer(size, size);
        try {
            copy.writeBytes(bytes.slice(from, size));
            ChannelFuture written = channel.writeAndFlush(copy.retain());
            return written.isDone() ? onWritten(written, size) : onFull(written, tls ? size : cut(copy));
        } finally {
            copy.release();
        }
    }

    private int onWritten(ChannelFuture written, int size) {
        if (!written.isSuccess()) {
            onFailed(written.cause());
            return -1;
        }
        return size;
    }

    private static int cut(ByteBuf copy) {
        int taken = copy.readerIndex();
        copy.writerIndex(taken);
        return taken;
    }

    private int onFull(ChannelFuture written, int taken) {
        phase = Phase.FULL;
        written.addListener(done -> {
            onFailed(done.cause());
            loop.execute(this::onRoom);
        });
        return taken;
    }

    /** Never within Netty's flush: a write from there is not tried, only queued, and would seem to find no room forever. */
    private void onRoom() {
        if (channel.isActive() && phase == Phase.FULL) {
            phase = Phase.OPEN;
            listener.onWritable();
        }
    }

    private void onFailed(@Nullable Throwable cause) {
        if (end == null && cause != null && !NetworkFailure.isClosed(cause)) {
            end = NetworkFailure.end(cause);
        }
    }

    private void onClosed() {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            listener.onClosed(end != null ? end : server.closing() ? StreamEnd.SERVER_CLOSED : StreamEnd.CLIENT_CLOSED);
        }
    }
}
