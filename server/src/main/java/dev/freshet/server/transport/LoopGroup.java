package dev.freshet.server.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.Executor;

/**
 * Netty event loops that look for I/O at least every millisecond of tasks. Netty's own default is a second, and its system
 * property ({@code io.netty.eventLoop.maxTaskProcessingQuantumMs}) goes no lower than 100 ms; the constructor does.
 */
final class LoopGroup extends MultiThreadIoEventLoopGroup {
    private static final long TASK_QUANTUM_MS = 1;

    LoopGroup(int loops, IoHandlerFactory handlers) {
        super(loops, new DefaultThreadFactory("freshet-loop"), handlers);
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... unused) {
        return new SingleThreadIoEventLoop(
                this, executor, handlers, Integer.MAX_VALUE, RejectedExecutionHandlers.reject(), TASK_QUANTUM_MS);
    }
}
