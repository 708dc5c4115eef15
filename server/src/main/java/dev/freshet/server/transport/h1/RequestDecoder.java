package dev.freshet.server.transport.h1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import java.util.List;

/**
 * Netty's decoder, one request at a time: after a request's last byte it pauses, and what the client has pipelined stays
 * undecoded until {@link #resume}. A client that goes on sending meanwhile is no longer read from. Answers given while it
 * reads are flushed together. Confined to the loop.
 */
final class RequestDecoder extends HttpRequestDecoder {
    private static final int MAX_PAUSED_BYTES = 16 * 1024;

    private final Runnable afterRead;
    private boolean paused;
    private boolean reading;
    private boolean inHead;
    private boolean inBody;

    /** Calls back after each read. */
    RequestDecoder(int maxHeadBytes, Runnable afterRead) {
        super(new HttpDecoderConfig().setMaxInitialLineLength(maxHeadBytes).setMaxHeaderSize(maxHeadBytes));
        this.afterRead = afterRead;
    }

    /** Whether a head has begun and not ended. */
    boolean inHead() {
        return inHead;
    }

    boolean paused() {
        return paused;
    }

    /** Whether answers will be flushed when this read is over. */
    boolean reading() {
        return reading;
    }

    /** Goes on with the next request. */
    void resume(Channel channel) {
        paused = false;
        if (!reading) {
            channel.config().setAutoRead(true);
            readNothing(channel.pipeline());
        }
    }

    /** What is before this decoder, if anything, is TLS. */
    private static void readNothing(ChannelPipeline pipeline) {
        ChannelHandlerContext tls = pipeline.context(SslHandler.class);
        if (tls == null) {
            pipeline.fireChannelRead(Unpooled.EMPTY_BUFFER);
        } else {
            tls.fireChannelRead(Unpooled.EMPTY_BUFFER);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
        reading = true;
        try {
            super.channelRead(ctx, bytes);
        } finally {
            reading = false;
            ctx.flush();
            afterRead.run();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (paused) {
            holdBack(ctx, in);
            return;
        }
        super.decode(ctx, in, out);
        out.forEach(this::note);
        inHead = out.isEmpty() && !inBody;
    }

    private static void holdBack(ChannelHandlerContext ctx, ByteBuf in) {
        if (in.readableBytes() >= MAX_PAUSED_BYTES) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    private void note(Object message) {
        inBody |= message instanceof HttpRequest;
        if (message instanceof LastHttpContent) {
            inBody = false;
            paused = true;
        }
    }

    /** Not decoded further: a client that is gone gets no answer. */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {}

    /** Netty would read on here as long as nothing is decoded, even while reading is switched off. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (paused) {
            discardSomeReadBytes();
            ctx.fireChannelReadComplete();
        } else {
            super.channelReadComplete(ctx);
        }
    }
}
