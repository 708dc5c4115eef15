package dev.freshet.server.transport;

import dev.freshet.server.http.Loop;
import dev.freshet.server.http.route.Router;
import dev.freshet.server.transport.h1.ConnectionSetup;
import dev.freshet.server.transport.loop.LoopGroup;
import dev.freshet.server.transport.loop.ServerContext;
import dev.freshet.server.transport.tls.ServerCertificate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server: loops, and a listening socket once it is started. Thread-safe; its methods may block, so none of them
 * may be called on a loop, except {@link #loops} and the queries.
 *
 * <pre>
 *   new --start--&gt; accepting --stopAccepting--&gt; draining --close--&gt; closed
 *    '-----------------------------close----------------------------^
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // A channel tells its failures itself.
public final class HttpServerTransport {
    private static final long POLL_MS = 10;
    private static final long QUIET_MS = 50;

    private final TransportOptions options;
    private final SocketKind kind;
    private final LoopGroup group;
    private volatile @Nullable ServerContext server;
    private volatile @Nullable ServerCertificate certificate;
    private volatile @Nullable Channel listening;

    /**
     * A transport that does not listen yet, but whose loops run.
     *
     * @param options where it will listen and what it is made of
     * @throws IllegalStateException if epoll is asked for where there is none
     */
    public HttpServerTransport(TransportOptions options) {
        this.options = options;
        this.kind = options.sockets().kind().resolved();
        this.group = new LoopGroup(
                options.loops(), kind == SocketKind.NIO ? NioIoHandler.newFactory() : EpollIoHandler.newFactory());
    }

    /**
     * The loops, by their numbers.
     *
     * @return all loops
     */
    public List<Loop> loops() {
        return List.copyOf(group.loops());
    }

    /**
     * Which sockets are used, never {@link SocketKind#AUTO}.
     *
     * @return the kind
     */
    public SocketKind socketKind() {
        return kind;
    }

    /**
     * Listens, and answers requests from now on. Blocks until the socket is bound.
     *
     * @param router where requests go
     * @throws IOException if the certificate cannot be used or the address cannot be bound
     * @throws IllegalStateException if it was started before
     */
    public synchronized void start(Router router) throws IOException {
        if (server != null) {
            throw new IllegalStateException("transport: started before (expected: once)");
        }
        Optional<ServerCertificate> shown = openCertificate();
        ServerContext context = new ServerContext(options.limits(), router, kind == SocketKind.RAW, shown.isPresent());
        ChannelFuture bound =
                bootstrap(context, shown).bind(options.host(), options.port()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            shown.ifPresent(ServerCertificate::close);
            String address = options.host() + ":" + options.port();
            throw new IOException("listen address: " + address + unusable(bound.cause()), bound.cause());
        }
        server = context;
        listening = bound.channel();
    }

    private Optional<ServerCertificate> openCertificate() throws IOException {
        if (options.tls().isEmpty()) {
            return Optional.empty();
        }
        ServerCertificate opened = ServerCertificate.open(options.tls().get());
        certificate = opened;
        return Optional.of(opened);
    }

    private static String unusable(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("in use")) {
            return " is taken, perhaps by another hub (expected: a free port; 0 finds one)";
        }
        return message.contains("ermission denied")
                ? " is not allowed to this user (expected: a port from 1024 on)"
                : " (expected: an address of this machine): " + message.replaceFirst(".*: ", "");
    }

    /**
     * The port that is listened on.
     *
     * @return the bound port, also where the option was 0
     * @throws IllegalStateException if it was not started
     */
    public int port() {
        Channel channel = listening;
        if (channel == null) {
            throw new IllegalStateException("transport: not started (expected: started)");
        }
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /**
     * The open connections, streams included.
     *
     * @return how many there are now
     */
    public int connections() {
        ServerContext context = server;
        return context == null ? 0 : context.connections();
    }

    /** Closes the listening socket and idle connections; every other connection ends with its answer. Streams go on. */
    public void stopAccepting() {
        Channel channel = listening;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        ServerContext context = server;
        if (context != null) {
            context.close();
            group.loops().forEach(loop -> loop.execute(loop::onServerClosing));
        }
    }

    /**
     * Stops accepting, waits until all connections and streams have ended, and closes what is left after the grace. Blocks
     * until the loops have ended.
     *
     * @param grace how long to wait
     */
    public void close(Duration grace) {
        stopAccepting();
        ServerCertificate shown = certificate;
        if (shown != null) {
            shown.close();
        }
        long deadline = System.nanoTime() + grace.toNanos();
        while (connections() > 0 && System.nanoTime() < deadline && pause()) {}
        // Without a quiet period Netty drops what closing a channel leaves for later: a stream would not hear of its
        // end.
        group.shutdownGracefully(QUIET_MS, 5_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    private static boolean pause() {
        try {
            Thread.sleep(POLL_MS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ServerBootstrap bootstrap(ServerContext context, Optional<ServerCertificate> shown) {
        SocketOptions sockets = options.sockets();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(kind == SocketKind.NIO ? NioServerSocketChannel.class : EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, sockets.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, sockets.noDelay())
                .childHandler(new ConnectionSetup(context, group, shown));
        if (sockets.sendBufferBytes() > 0) {
            bootstrap.childOption(ChannelOption.SO_SNDBUF, sockets.sendBufferBytes());
        }
        if (kind != SocketKind.NIO) {
            boundStalledReaders(bootstrap, sockets);
        }
        return bootstrap;
    }

    /** In time and in the kernel's memory. */
    private static void boundStalledReaders(ServerBootstrap bootstrap, SocketOptions sockets) {
        int timeoutMs = (int) sockets.stallTimeout().toMillis();
        bootstrap.childOption(EpollChannelOption.TCP_USER_TIMEOUT, timeoutMs);
        if (sockets.unsentBytes() > 0) {
            bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) sockets.unsentBytes());
        }
    }
}
