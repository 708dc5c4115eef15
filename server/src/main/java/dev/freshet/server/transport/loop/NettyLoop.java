package dev.freshet.server.transport.loop;

import dev.freshet.server.http.Loop;
import io.netty.channel.SingleThreadIoEventLoop;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A Netty event loop and what its connections share. What {@link Loop} offers is thread-safe, the rest confined to the loop. */
public final class NettyLoop implements Loop {
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final int number;
    private final SingleThreadIoEventLoop eventLoop;
    private final RawMemory memory = new RawMemory();
    private final Set<LoopConnection> connections = Collections.newSetFromMap(new IdentityHashMap<>());
    private long dateSecond;
    private String date = "";

    NettyLoop(int number, SingleThreadIoEventLoop eventLoop) {
        this.number = number;
        this.eventLoop = eventLoop;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        try {
            eventLoop.execute(task);
        } catch (RejectedExecutionException e) {
            assert eventLoop.isShuttingDown() : e;
        }
    }

    /** Netty runs up to 64 tasks between two looks at the clock; what runs after the iteration comes behind all of them. */
    @Override
    public void executeAfterIo(Runnable task) {
        try {
            eventLoop.executeAfterEventLoopIteration(() -> execute(task));
        } catch (RejectedExecutionException e) {
            assert eventLoop.isShuttingDown() : e;
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Tasks tell their failures themselves.
    public void schedule(Runnable task, long delayMs) {
        try {
            eventLoop.schedule(task, delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            assert eventLoop.isShuttingDown() : e;
        }
    }

    /**
     * Where sockets are registered.
     *
     * @return Netty's loop
     */
    public SingleThreadIoEventLoop eventLoop() {
        return eventLoop;
    }

    /**
     * What this loop's streams share.
     *
     * @return the loop's memory
     */
    public RawMemory memory() {
        assert inLoop();
        return memory;
    }

    /**
     * The value of {@code Date} now (RFC 9110 6.6.1), made once a second.
     *
     * @return the field's value
     */
    public String date() {
        assert inLoop();
        long second = System.currentTimeMillis() / 1000;
        if (second != dateSecond) {
            dateSecond = second;
            date = DATE.format(Instant.ofEpochSecond(second));
        }
        return date;
    }

    /**
     * A connection begins.
     *
     * @param connection what is told when the server ends
     */
    public void add(LoopConnection connection) {
        assert inLoop();
        connections.add(connection);
    }

    /**
     * A connection has ended or become a stream.
     *
     * @param connection what is told no more
     */
    public void remove(LoopConnection connection) {
        assert inLoop();
        connections.remove(connection);
    }

    /** The server ends: tells the connections, each of which may leave meanwhile. */
    public void onServerClosing() {
        assert inLoop();
        List.copyOf(connections).forEach(LoopConnection::onServerClosing);
    }
}
