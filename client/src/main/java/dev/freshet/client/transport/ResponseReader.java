package dev.freshet.client.transport;

import dev.freshet.client.http.ResponseHead;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.EOFException;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns what Netty decodes into calls of the connection.
 *
 * <pre>
 *              1xx                  head                     last content
 *   AWAITING &lt;-----&gt; INFORMATIONAL,  ------&gt;  BODY (reads only  ----------&gt; AWAITING
 *   (reads on by itself, which                when asked to)
 *    also tells of the other side's end)
 * </pre>
 */
final class ResponseReader extends SimpleChannelInboundHandler<HttpObject> {

    private enum State {
        AWAITING,
        INFORMATIONAL,
        BODY
    }

    private final HttpConnection connection;
    private State state = State.AWAITING;
    private boolean isKeptAlive;

    ResponseReader(HttpConnection connection) {
        this.connection = connection;
    }

    @Override
    public boolean isSharable() {
        // Added to one channel after the other while addresses are tried, never to two at once.
        return true;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            connection.onBroken(part.decoderResult().cause());
            return;
        }
        if (part instanceof HttpResponse response) {
            onHead(response);
        }
        if (part instanceof HttpContent content) {
            onContent(content);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (state == State.BODY) {
            connection.onPause();
        } else {
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.onBroken(new EOFException("connection closed before the end of the response"));
    }

    /** Without TLS's own goodbye nobody can say whether the end is the other side's: it may be anybody's who cut the wire. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent end && !end.isSuccess()) {
            connection.onBroken(end.cause());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connection.onBroken(cause);
    }

    private void onHead(HttpResponse response) {
        if (response.status().code() < 200) {
            state = State.INFORMATIONAL;
            return;
        }
        state = State.BODY;
        isKeptAlive = HttpUtil.isKeepAlive(response);
        connection.onHead(new ResponseHead(response.status().code(), headers(response)));
    }

    /** The first value of each. */
    private static Map<String, String> headers(HttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
        return headers;
    }

    private void onContent(HttpContent content) {
        if (state == State.BODY && content.content().isReadable()) {
            connection.onBytes(content.content().nioBuffer());
        }
        if (content instanceof LastHttpContent) {
            boolean isFinal = state == State.BODY;
            state = State.AWAITING;
            if (isFinal) {
                connection.onEnd(isKeptAlive);
            }
        }
    }
}
