package dev.freshet.server.transport.h1;

import dev.freshet.server.http.HttpVersion;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.route.Match;
import dev.freshet.server.http.stream.ByteStream;
import dev.freshet.server.http.stream.ByteStream.Framing;
import dev.freshet.server.http.stream.StreamListener;
import dev.freshet.server.transport.loop.LoopConnection;
import dev.freshet.server.transport.loop.NettyLoop;
import dev.freshet.server.transport.loop.ServerContext;
import dev.freshet.server.transport.stream.Closing;
import dev.freshet.server.transport.stream.LingeringClose;
import dev.freshet.server.transport.stream.StreamOpening;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks HTTP/1.1, one request at a time. Confined to its loop.
 *
 * <pre>
 *         first byte         head read         body read              stream
 *   IDLE -----------&gt; HEAD ----------&gt; BODY -----------&gt; ANSWERING ----------&gt; LEFT: a {@link ByteStream} goes on
 *    | ^               |                |                 |    |
 *    | |               | late: 408      | late: 408       |    | answered, the last
 *    | |               | bad: 4xx, 5xx  | large: 413      |    v
 *    | |               +----------------+---------------&gt; | - LEFT: {@link LingeringClose} goes on
 *    | +------------- answered, kept alive ---------------+
 *    v idle for too long: closed
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // A channel tells its failures itself.
final class HttpConnection extends ChannelInboundHandlerAdapter implements LoopConnection {
    private enum Phase {
        IDLE,
        HEAD,
        BODY,
        ANSWERING,
        LEFT
    }

    private final ServerContext server;
    private final NettyLoop loop;
    private final SocketChannel channel;
    private final RequestDecoder decoder;
    private final ConnectionTimer timer;
    private Phase phase = Phase.IDLE;
    private boolean last;
    private boolean bodyTimed;
    private @Nullable HttpExchange exchange;
    private @Nullable BodyCollector body;

    HttpConnection(ServerContext server, NettyLoop loop, SocketChannel channel) {
        this.server = server;
        this.loop = loop;
        this.channel = channel;
        this.decoder = new RequestDecoder(server.limits().headBytes(), this::onReadEnd);
        this.timer = new ConnectionTimer(channel.eventLoop(), this::onTimeout);
    }

    /** Takes over a new channel. */
    void start() {
        loop.add(this);
        channel.pipeline().addLast(decoder, new HttpResponseEncoder(), this);
        timer.start(server.limits().idleTimeout());
    }

    NettyLoop loop() {
        return loop;
    }

    @Override
    public void onServerClosing() {
        last = true;
        if (phase == Phase.IDLE) {
            Closing.politely(channel);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpRequest head && phase != Phase.LEFT) {
                onHead(head);
            }
            if (message instanceof HttpContent content && phase == Phase.BODY) {
                onContent(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            loop.execute(this::next);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        leave();
    }

    /** A network that fails is told as a closed channel; nothing else comes here. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Closing.politely(channel);
    }

    /** The answer to the exchange, which may come after the connection was lost. */
    void onAnswer(HttpExchange answered, Response response) {
        assert loop.inLoop();
        if (phase == Phase.ANSWERING && answered == exchange) {
            send(answered.request(), response);
        }
    }

    /** The exchange becomes a stream. */
    ByteStream onStream(Request request, Response head, byte[] opening, StreamListener listener) {
        assert loop.inLoop();
        leave();
        boolean chunked = request.version() == HttpVersion.HTTP_1_1;
        channel.write(ResponseHead.open(head, chunked, loop.date()));
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(opening)));
        return StreamOpening.open(server, loop, channel, chunked ? Framing.CHUNKED : Framing.PLAIN, listener);
    }

    private void onHead(HttpRequest decoded) {
        if (decoded.decoderResult().isFailure()) {
            refuse(RequestReader.headProblem(
                    decoded.decoderResult(), server.limits().headBytes()));
            return;
        }
        try {
            requireTls();
            onRequest(RequestReader.read(decoded, channel.remoteAddress()));
        } catch (ProblemException e) {
            refuse(e.problem());
        }
    }

    private void requireTls() {
        if (server.tls() && channel.pipeline().get(SslHandler.class) == null) {
            throw Problem.of(
                            400,
                            "tls-expected",
                            "TLS expected",
                            "scheme: http (expected: https://, since this hub speaks TLS alone)")
                    .asException();
        }
    }

    private void onRequest(Request head) {
        last |= server.closing() || !ResponseHead.keepAlive(head);
        Match match = server.router().match(head);
        try {
            BodyPlan plan = BodyPlan.of(head, match.bodyLimit());
            if (plan.mustContinue()) {
                channel.writeAndFlush(ResponseHead.proceed());
            }
            exchange = new HttpExchange(this, head, match);
            body = new BodyCollector(plan.maxBytes(), server.bodies());
            bodyTimed = false;
            phase = Phase.BODY;
        } catch (ProblemException e) {
            refuse(head, e);
        }
    }

    private void onContent(HttpContent content) {
        BodyCollector collector = body;
        HttpExchange current = exchange;
        if (collector == null || current == null) {
            return;
        }
        try {
            onContent(content, collector);
            if (content instanceof LastHttpContent) {
                current.onBody(collector.toBytes());
                answer(current);
            }
        } catch (ProblemException e) {
            refuse(current.request(), e);
        }
    }

    private static void onContent(HttpContent content, BodyCollector collector) {
        if (content.decoderResult().isFailure()) {
            throw RequestReader.bodyProblem().asException();
        }
        collector.add(content.content());
    }

    private void answer(HttpExchange current) {
        exchange = current;
        phase = Phase.ANSWERING;
        timer.stop();
        current.run();
    }

    /** Answers a request whose head could not be understood, and ends the connection. */
    private void refuse(Problem problem) {
        linger(channel.writeAndFlush(ResponseHead.last(problem.response(), loop.date())));
    }

    /** Answers a request whose body is not read, as a route would, and ends the connection. */
    private void refuse(Request head, ProblemException problem) {
        last = true;
        answer(new HttpExchange(this, head, server.router().refusal(problem)));
    }

    private void send(Request request, Response response) {
        boolean keepAlive = !last && !server.closing();
        HttpResponse answer = ResponseHead.whole(response, request.method().equals("HEAD"), loop.date());
        ResponseHead.connection(answer, keepAlive, request.version());
        ChannelFuture sent = decoder.reading() && keepAlive ? channel.write(answer) : channel.writeAndFlush(answer);
        exchange = null;
        releaseBody();
        if (keepAlive) {
            phase = Phase.IDLE;
            timer.start(server.limits().idleTimeout());
            next();
        } else {
            linger(sent);
        }
    }

    /** Goes on to what the client has pipelined, unless it does not read its answers. */
    private void next() {
        if (phase == Phase.IDLE && decoder.paused() && channel.isWritable()) {
            decoder.resume(channel);
        }
    }

    private void linger(ChannelFuture sent) {
        leave();
        LingeringClose.after(sent, channel, server.limits().lingerTimeout());
    }

    /** The channel is another's from here on. */
    private void leave() {
        phase = Phase.LEFT;
        exchange = null;
        releaseBody();
        timer.cancel();
        loop.remove(this);
    }

    private void releaseBody() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    private void onReadEnd() {
        if (phase == Phase.IDLE && decoder.inHead()) {
            phase = Phase.HEAD;
            timer.start(server.limits().headTimeout());
        } else if (phase == Phase.BODY && !bodyTimed) {
            bodyTimed = true;
            timer.start(server.limits().bodyTimeout());
        }
    }

    private void onTimeout() {
        if (phase == Phase.IDLE) {
            Closing.politely(channel);
        } else if (phase == Phase.HEAD) {
            refuse(timeout("head", server.limits().headTimeout().toMillis()));
        } else if (phase == Phase.BODY && exchange != null) {
            refuse(
                    exchange.request(),
                    timeout("body", server.limits().bodyTimeout().toMillis()).asException());
        }
    }

    private static Problem timeout(String part, long timeoutMs) {
        return Problem.of(
                408, "request-timeout", "Request timeout", part + ": too slow (expected: within " + timeoutMs + " ms)");
    }
}
