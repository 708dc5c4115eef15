package dev.freshet.server.transport.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Netty event loops that look for I/O at least every millisecond of tasks. Netty's own default is a second, and its system
 * property ({@code io.netty.eventLoop.maxTaskProcessingQuantumMs}) goes no lower than 100 ms; the constructor does.
 * Thread-safe.
 */
public final class LoopGroup extends MultiThreadIoEventLoopGroup {
    private static final long TASK_QUANTUM_MS = 1;

    private final Map<EventLoop, NettyLoop> loops = new LinkedHashMap<>();

    /**
     * Loops that run from their first task on.
     *
     * @param number how many, each with its thread
     * @param handlers what they wait for sockets with
     */
    public LoopGroup(int number, IoHandlerFactory handlers) {
        super(number, new DefaultThreadFactory("freshet-loop"), handlers);
        for (EventExecutor executor : this) {
            SingleThreadIoEventLoop eventLoop = (SingleThreadIoEventLoop) executor;
            loops.put(eventLoop, new NettyLoop(loops.size(), eventLoop));
        }
    }

    /**
     * The loops, by their numbers.
     *
     * @return all loops
     */
    public List<NettyLoop> loops() {
        return List.copyOf(loops.values());
    }

    /**
     * The loop of a channel of this group.
     *
     * @param eventLoop the channel's event loop
     * @return the loop
     */
    public NettyLoop loop(EventLoop eventLoop) {
        return Objects.requireNonNull(loops.get(eventLoop));
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... unused) {
        return new SingleThreadIoEventLoop(
                this, executor, handlers, Integer.MAX_VALUE, RejectedExecutionHandlers.reject(), TASK_QUANTUM_MS);
    }
}
