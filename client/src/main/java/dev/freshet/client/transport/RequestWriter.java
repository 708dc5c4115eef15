package dev.freshet.client.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.client.http.ClientRequest;
import dev.freshet.client.http.Origin;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;

/** Turns a request into Netty's. */
final class RequestWriter {

    private RequestWriter() {}

    static FullHttpRequest full(ClientRequest request, Origin origin) {
        ByteBuf body = Unpooled.wrappedBuffer(request.body());
        // Already validated, and Netty refuses ids that begin with a space, which the standard allows.
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        headers.set(HttpHeaderNames.HOST, origin.hostHeader());
        request.headers().forEach((name, value) -> headers.set(name, bytesOf(value)));
        if (body.isReadable() || expectsBody(request.method())) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(request.method()),
                target(request.uri()),
                body,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    /** One character for each byte of UTF-8, since Netty writes one byte for each character. */
    private static String bytesOf(String value) {
        return new String(value.getBytes(UTF_8), ISO_8859_1);
    }

    private static boolean expectsBody(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /** Path and query as they are written: a path may begin with two slashes, which alone would read as a host. */
    private static String target(URI uri) {
        String text = uri.toASCIIString();
        int fragment = text.indexOf('#');
        int path = text.indexOf("//") + 2 + uri.getRawAuthority().length();
        String target = text.substring(path, fragment < 0 ? text.length() : fragment);
        return target.startsWith("/") ? target : "/" + target;
    }
}
