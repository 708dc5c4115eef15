package dev.freshet.client.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The event loops that streams and publishers share: the threads of this client, however many streams there are.
 * Thread-safe.
 */
public final class Loops {

    private final EventLoopGroup group;
    private final Class<? extends SocketChannel> channelType;

    private Loops(EventLoopGroup group, Class<? extends SocketChannel> channelType) {
        this.group = group;
        this.channelType = channelType;
    }

    /**
     * The loops of this process: at most two daemon threads, started when they are first needed.
     *
     * @return the same loops each time
     */
    public static Loops shared() {
        return Shared.LOOPS;
    }

    /**
     * Loops of the caller's, who shuts them down.
     *
     * @param group the loops
     * @param channelType the sockets that these loops serve, for example {@code NioSocketChannel}
     * @return the loops
     */
    public static Loops of(EventLoopGroup group, Class<? extends SocketChannel> channelType) {
        return new Loops(group, channelType);
    }

    /**
     * One of the loops, each in its turn.
     *
     * @return a loop
     */
    public Loop next() {
        return new Loop(group.next(), this);
    }

    Class<? extends SocketChannel> channelType() {
        return channelType;
    }

    /** Created when first used: a program with loops of its own needs no others. */
    private static final class Shared {
        private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());
        private static final Loops LOOPS = of(
                new MultiThreadIoEventLoopGroup(
                        THREADS, new DefaultThreadFactory("freshet-client", true), NioIoHandler.newFactory()),
                NioSocketChannel.class);
    }
}
