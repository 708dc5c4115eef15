package dev.freshet.client.transport;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks up names with a resolver that blocks: on a few daemon threads, which end when they have nothing to do. However many
 * ask for a name, it is looked up once at a time, so a name server that is silent delays other names little. Thread-safe.
 */
final class Addresses {

    /** With the resolver of the system, for the whole process. */
    static final Addresses OF_SYSTEM = new Addresses(InetAddress::getAllByName);

    private static final int THREADS = 4;
    /** So many names may wait; whoever asks for one more is told that it failed, and tries again. */
    private static final int MAX_WAITING = 10_000;

    private final Resolver resolver;
    private final Executor lookups = lookups();
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    /** Finds the addresses of a name, at least one. May block. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    Addresses(Resolver resolver) {
        this.resolver = resolver;
    }

    /** Calls one of the two on the loop. Addresses that are written as such need no lookup. */
    void find(String host, Loop loop, Consumer<List<InetAddress>> found, Consumer<Throwable> failed) {
        CompletionStage<List<InetAddress>> lookup =
                isLiteral(host) ? CompletableFuture.completedFuture(List.of(literal(host))) : lookUp(host);
        lookup.whenComplete((addresses, failure) -> loop.execute(() -> tell(addresses, failure, found, failed)));
    }

    private static void tell(
            @Nullable List<InetAddress> addresses,
            @Nullable Throwable failure,
            Consumer<List<InetAddress>> found,
            Consumer<Throwable> failed) {
        if (addresses != null) {
            found.accept(addresses);
        } else if (failure != null) {
            failed.accept(failure);
        }
    }

    private CompletableFuture<List<InetAddress>> lookUp(String host) {
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> others = underWay.putIfAbsent(host, mine);
        if (others != null) {
            return others;
        }
        try {
            lookups.execute(() -> resolve(host, mine));
        } catch (RejectedExecutionException e) {
            underWay.remove(host);
            mine.completeExceptionally(e);
        }
        return mine;
    }

    private void resolve(String host, CompletableFuture<List<InetAddress>> lookup) {
        try {
            lookup.complete(found(host));
        } catch (Throwable e) {
            lookup.completeExceptionally(e);
        }
    }

    /** Whoever asks from now on begins a lookup of their own. */
    private List<InetAddress> found(String host) throws UnknownHostException {
        try {
            return List.of(resolver.resolve(host));
        } finally {
            underWay.remove(host);
        }
    }

    private static boolean isLiteral(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
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
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                new DefaultThreadFactory("freshet-client-names", true));
        lookups.allowCoreThreadTimeOut(true);
        return lookups;
    }
}
