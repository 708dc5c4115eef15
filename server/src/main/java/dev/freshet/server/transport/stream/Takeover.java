package dev.freshet.server.transport.stream;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;

/** Gives a channel to a new handler, for good. Confined to the loop. */
final class Takeover {
    private Takeover() {}

    /** Takes out all other handlers, the first one first: so what a decoder still held goes to the new one. */
    static void by(ChannelHandler handler, ChannelPipeline pipeline) {
        pipeline.addLast(handler);
        while (!handler.equals(pipeline.first())) {
            pipeline.removeFirst();
        }
    }
}
