package dev.freshet.server.transport.stream;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.util.List;

/** Gives a channel to a new handler, for good. Confined to the loop. */
final class Takeover {
    private Takeover() {}

    /** Takes out all other handlers but TLS, the first one first: so what a decoder still held goes to the new one. */
    static void by(ChannelHandler handler, ChannelPipeline pipeline) {
        List<ChannelHandler> others = List.copyOf(pipeline.toMap().values());
        pipeline.addLast(handler);
        others.stream().filter(other -> !(other instanceof SslHandler)).forEach(pipeline::remove);
    }
}
