package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.server.transport.RawClient.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that are wrong, too large, too slow or cut: each gets its status, and none keeps the connection. */
@ParameterizedClass
@EnumSource(names = {"EPOLL", "NIO", "TLS", "TLS_NIO"})
class BadRequestTest extends ConnectionCase {
    private void assertRefused(int status, String detail) throws IOException {
        Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(answer.body()).contains("\"status\":" + status, detail);
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void refusesNoise() throws IOException {
        client.send("noise\r\n\r\n");
        assertRefused(400, "not readable");
    }

    @Test
    void refusesTlsOnAPlainPort() throws IOException {
        client.send("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n");
        assertRefused(400, "not readable");
    }

    @Test
    void refusesOtherVersions() throws IOException {
        client.send("GET / HTTP/2.0\r\nHost: test\r\n\r\n");
        assertRefused(505, "HTTP/1.1");
    }

    @Test
    void refusesAMissingHost() throws IOException {
        client.send("GET /hello HTTP/1.1\r\n\r\n");
        assertRefused(400, "Host: 0 fields");
    }

    @Test
    void refusesTwoHosts() throws IOException {
        client.request("GET /hello", "Host: other");
        assertRefused(400, "Host: 2 fields");
    }

    @Test
    void refusesBadEscapes() throws IOException {
        client.request("GET /name/%zz");
        assertRefused(400, "hexadecimal");
    }

    @Test
    void refusesCutEscapes() throws IOException {
        client.request("GET /name/x?a=%4");
        assertRefused(400, "query: bad escape at byte 0");
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        client.request("GET /name/%c3%28");
        assertRefused(400, "UTF-8");
    }

    @Test
    void refusesALongRequestLine() throws IOException {
        client.request("GET /" + "x".repeat(5000));
        assertRefused(414, "4096");
    }

    @Test
    void refusesALongRequestLineBeforeItsEnd() throws IOException {
        client.send("GET /" + "x".repeat(5000));
        assertRefused(414, "4096");
    }

    @Test
    void refusesALargeHead() throws IOException {
        client.request("GET /hello", "A: " + "x".repeat(2500), "B: " + "x".repeat(2500));
        assertRefused(431, "4096");
    }

    @Test
    void refusesASpaceBeforeTheColon() throws IOException {
        client.request("GET /hello", "Content-Length : 3");
        assertRefused(400, "not readable");
    }

    @Test
    void refusesSmuggling() throws IOException {
        client.send(
                "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /hello HTTP/1.1\r\nHost: test\r\n\r\n");
        assertRefused(400, "Content-Length besides Transfer-Encoding");
    }

    @Test
    void refusesTwoLengths() throws IOException {
        client.request("POST /echo", "Content-Length: 4", "Content-Length: 5").send("12345");
        assertRefused(400, "not readable");
    }

    @Test
    void refusesNegativeLengths() throws IOException {
        client.request("POST /echo", "Content-Length: -4");
        assertRefused(400, "not readable");
    }

    @Test
    void refusesUnknownCodings() throws IOException {
        client.request("POST /echo", "Transfer-Encoding: gzip, chunked");
        assertRefused(501, "chunked");
    }

    @Test
    void refusesChunksInHttp10() throws IOException {
        client.send("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertRefused(400, "not readable");
    }

    @Test
    void refusesBadChunks() throws IOException {
        client.request("POST /echo", "Transfer-Encoding: chunked").send("zz\r\n");
        assertRefused(400, "chunks");
    }

    @Test
    void answersASlowHead() throws IOException {
        client.send("GET /hello HTTP/1.1\r\nHost:");
        assertRefused(408, "head: too slow");
    }

    @Test
    void answersASlowSecondHead() throws IOException {
        assertThat(client.request("GET /hello").answer().status()).isEqualTo(200);
        client.send("G");
        assertRefused(408, "head: too slow");
    }

    @Test
    void answersASlowBody() throws IOException {
        client.request("POST /echo", "Content-Length: 10").send("12345");
        assertRefused(408, "body: too slow");
    }

    @Test
    void leavesACutHeadAlone() throws IOException {
        client.send("GET /hello HTTP/1.1\r\nHost:").closeOutput();
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void leavesACutBodyAlone() throws IOException {
        client.request("POST /echo", "Content-Length: 10").send("12345").closeOutput();
        assertThat(client.rest()).isEmpty();
    }
}
