package dev.freshet.client.transport;

import dev.freshet.client.http.Origin;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Makes one connection: looks the name up, tries its addresses one after the other until one accepts, and waits for a proxy and
 * for TLS. Confined to its loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A channel tells its failures itself.
final class Dial {

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int MAX_PIECE_BYTES = 64 * 1024;

    private final HttpTransport transport;
    private final Loop loop;
    private final Origin origin;
    private final ChannelHandler top;
    private final Outcome outcome;
    private final Lookup lookup;

    private @Nullable Channel channel;
    private boolean isCancelled;

    /** Is called once, on the loop, unless the dial was cancelled. */
    interface Outcome {
        void onConnected(Channel channel);

        void onUnreachable(Throwable cause);
    }

    /** Finds the addresses of a host; calls one of the two on the loop. */
    interface Lookup {
        void find(String host, Loop loop, Consumer<List<InetAddress>> found, Consumer<Throwable> failed);
    }

    Dial(HttpTransport transport, Loop loop, Origin origin, ChannelHandler top, Outcome outcome, Lookup lookup) {
        this.transport = transport;
        this.loop = loop;
        this.origin = origin;
        this.top = top;
        this.outcome = outcome;
        this.lookup = lookup;
    }

    void start() {
        String host = transport.proxy().map(HttpProxy::host).orElse(origin.host());
        lookup.find(host, loop, unlessCancelled(this::tryAll), unlessCancelled(outcome::onUnreachable));
    }

    void cancel() {
        assert loop.inLoop();
        isCancelled = true;
        if (channel != null) {
            channel.close();
        }
    }

    private void tryAll(List<InetAddress> addresses) {
        tryNext(addresses.iterator());
    }

    private void tryNext(Iterator<InetAddress> addresses) {
        try {
            await(connect(addresses.next()), addresses);
        } catch (RuntimeException e) {
            // Else it would be lost in the listener of the attempt before.
            outcome.onUnreachable(e);
        }
    }

    private void await(ChannelFuture connect, Iterator<InetAddress> addresses) {
        channel = connect.channel();
        connect.addListener(done -> {
            if (isCancelled) {
                connect.channel().close();
            } else if (done.isSuccess()) {
                awaitOtherEnd(connect);
            } else if (addresses.hasNext()) {
                tryNext(addresses);
            } else {
                outcome.onUnreachable(done.cause());
            }
        });
    }

    /** There is a connection once it is known who is at its other end: before, nothing was sent there. */
    private void awaitOtherEnd(ChannelFuture connected) {
        Channel channel = connected.channel();
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        HttpProxyHandler proxy = channel.pipeline().get(HttpProxyHandler.class);
        if (tls != null) {
            await(tls.handshakeFuture(), channel);
        } else if (proxy != null) {
            await(proxy.connectFuture(), channel);
        } else {
            outcome.onConnected(channel);
        }
    }

    private void await(Future<Channel> otherEnd, Channel connected) {
        connected.read();
        otherEnd.addListener(done -> {
            if (isCancelled) {
                connected.close();
            } else if (done.isSuccess()) {
                outcome.onConnected(connected);
            } else {
                outcome.onUnreachable(done.cause());
            }
        });
    }

    private ChannelFuture connect(InetAddress address) {
        Optional<InetSocketAddress> proxy =
                transport.proxy().map(through -> new InetSocketAddress(address, through.port()));
        SocketAddress target = proxy.isPresent()
                ? InetSocketAddress.createUnresolved(origin.host(), origin.port())
                : new InetSocketAddress(address, origin.port());
        return new Bootstrap()
                .group(loop.events())
                .channel(loop.loops().channelType())
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        transport.connectTimeout().toMillis())
                .handler(pipeline(proxy))
                .connect(target);
    }

    private ChannelInitializer<Channel> pipeline(Optional<InetSocketAddress> proxy) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel created) {
                fill(created.pipeline(), proxy);
            }
        };
    }

    private void fill(ChannelPipeline pipeline, Optional<InetSocketAddress> proxy) {
        proxy.ifPresent(address -> pipeline.addLast(proxyHandler(address)));
        if (origin.isSecure()) {
            SslHandler tls = new SslHandler(engine());
            tls.setHandshakeTimeoutMillis(transport.connectTimeout().toMillis());
            pipeline.addLast(tls);
        }
        pipeline.addLast(new HttpClientCodec(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(MAX_HEAD_BYTES)
                        .setMaxHeaderSize(MAX_HEAD_BYTES)
                        .setMaxChunkSize(MAX_PIECE_BYTES),
                false,
                false));
        pipeline.addLast(top);
    }

    private HttpProxyHandler proxyHandler(InetSocketAddress address) {
        HttpProxyHandler handler = transport
                .proxy()
                .flatMap(HttpProxy::login)
                .map(login -> new HttpProxyHandler(address, login.name(), login.password()))
                .orElseGet(() -> new HttpProxyHandler(address));
        handler.setConnectTimeoutMillis(transport.connectTimeout().toMillis());
        return handler;
    }

    private SSLEngine engine() {
        SSLContext context = transport.tls().orElseGet(Dial::defaultTls);
        SSLEngine engine = context.createSSLEngine(origin.host(), origin.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static SSLContext defaultTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no TLS", e);
        }
    }

    private <T> Consumer<T> unlessCancelled(Consumer<T> step) {
        return value -> {
            if (!isCancelled) {
                step.accept(value);
            }
        };
    }
}
