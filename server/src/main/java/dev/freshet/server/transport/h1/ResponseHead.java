package dev.freshet.server.transport.h1;

import dev.freshet.server.http.HttpVersion;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Makes Netty's responses of ours, with the fields that are the transport's: length, date, connection. */
final class ResponseHead {
    private static final io.netty.handler.codec.http.HttpVersion VERSION =
            io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
    /** Ours were checked when they were built. */
    private static final DefaultHttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private ResponseHead() {}

    /** A whole answer; {@code HEAD} gets the length but not the body. */
    static HttpResponse whole(Response response, boolean headOnly, String date) {
        byte[] body = response.body();
        ByteBuf content = headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
        HttpResponse head = new DefaultFullHttpResponse(VERSION, status(response), content, UNCHECKED, UNCHECKED);
        fill(head.headers(), response, date);
        boolean noLength = response.status() == 204 || response.status() == 304 || (headOnly && body.length == 0);
        if (!noLength) {
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        }
        return head;
    }

    /** A whole answer to what is no request, the connection's last. */
    static HttpResponse last(Response response, String date) {
        HttpResponse head = whole(response, false, date);
        connection(head, false, HttpVersion.HTTP_1_1);
        return head;
    }

    /** What a client waits for before it sends the body (RFC 9110 15.2.1). */
    static HttpResponse proceed() {
        return new DefaultFullHttpResponse(VERSION, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    /** The head of a stream, whose end is the end of its connection. */
    static HttpResponse open(Response response, boolean chunked, String date) {
        HttpResponse head = new DefaultHttpResponse(VERSION, status(response), UNCHECKED);
        fill(head.headers(), response, date);
        head.headers().set(HttpHeaderNames.CONNECTION, "close");
        if (chunked) {
            head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
        }
        return head;
    }

    /** Says whether the connection stays, where the version's default is the other (RFC 9112 9.3). */
    static void connection(HttpResponse head, boolean keepAlive, HttpVersion version) {
        if (!keepAlive) {
            head.headers().set(HttpHeaderNames.CONNECTION, "close");
        } else if (version == HttpVersion.HTTP_1_0) {
            head.headers().set(HttpHeaderNames.CONNECTION, "keep-alive");
        }
    }

    /** Whether the client wants to keep the connection (RFC 9112 9.3). */
    static boolean keepAlive(Request request) {
        if (request.headers().lists("Connection", "close")) {
            return false;
        }
        return request.version() == HttpVersion.HTTP_1_1 || request.headers().lists("Connection", "keep-alive");
    }

    private static void fill(HttpHeaders target, Response response, String date) {
        response.headers().forEach((name, value) -> target.add(name, HeaderText.encode(value)));
        target.remove(HttpHeaderNames.CONTENT_LENGTH);
        target.remove(HttpHeaderNames.TRANSFER_ENCODING);
        target.set(HttpHeaderNames.DATE, date);
    }

    private static HttpResponseStatus status(Response response) {
        return HttpResponseStatus.valueOf(response.status());
    }
}
