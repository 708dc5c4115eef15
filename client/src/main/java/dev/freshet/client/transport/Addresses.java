package dev.freshet.client.transport;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks up names with the resolver of the system, which blocks: on one daemon thread for the whole process, that ends when it
 * has nothing to do. Thread-safe.
 */
final class Addresses {

    /** So many lookups may wait; each is asked by one attempt to connect, which tries again. */
    private static final int MAX_WAITING = 100_000;

    private static final Executor LOOKUPS = lookups();

    private Addresses() {}

    /** Calls one of the two on the loop. Addresses that are written as such need no lookup. */
    static void find(String host, Loop loop, Consumer<List<InetAddress>> found, Consumer<Throwable> failed) {
        if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
            loop.execute(() -> found.accept(List.of(literal(host))));
            return;
        }
        try {
            LOOKUPS.execute(() -> lookUp(host, loop, found, failed));
        } catch (RejectedExecutionException e) {
            loop.execute(() -> failed.accept(e));
        }
    }

    private static void lookUp(String host, Loop loop, Consumer<List<InetAddress>> found, Consumer<Throwable> failed) {
        try {
            List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
            loop.execute(() -> found.accept(addresses));
        } catch (UnknownHostException e) {
            loop.execute(() -> failed.accept(e));
        }
    }

    private static InetAddress literal(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Executor lookups() {
        ThreadPoolExecutor lookups = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                new DefaultThreadFactory("freshet-client-names", true));
        lookups.allowCoreThreadTimeOut(true);
        return lookups;
    }
}
