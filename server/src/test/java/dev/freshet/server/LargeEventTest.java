package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"auto", "nio"})
class LargeEventTest {
    private static final int EVENT_BYTES = 1 << 20;
    private static final int BATCH_BYTES = 16 << 20;
    private static final int LINES = 20;

    @Parameter
    String sockets;

    private RunningServer server;
    private Streaming seen;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.with("http.sockets", sockets);
        seen = server.subscribe("/events?topic=*");
    }

    @AfterEach
    void stop() throws IOException {
        seen.close();
        server.close();
    }

    @Test
    void anEventOfOneMebibyteArrivesWholeAndOneByteMoreNotAtAll() throws IOException {
        Reply largest = server.post("/events/t", "x".repeat(EVENT_BYTES));
        Reply tooLarge = server.post("/events/t", "y".repeat(EVENT_BYTES + 1));
        server.publish("t", "marker");

        assertThat(largest.status()).isEqualTo(200);
        assertThat(tooLarge.problem()).isEqualTo("413 body-too-large");
        assertThat(tooLarge.detail()).isEqualTo("body: too large (expected: at most 1048576 bytes)");
        assertThat(tooLarge.json().required("maxBytes").asInt()).isEqualTo(EVENT_BYTES);
        assertThat(seen.nextData().equals("x".repeat(EVENT_BYTES))).isTrue();
        assertThat(seen.nextData()).isEqualTo("marker");
    }

    @Test
    void aBodyInChunksHasTheSameLimit() throws IOException {
        try (Wire wire = server.connect()) {
            wire.send("POST /events/t HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            wire.send("100000\r\n" + "x".repeat(EVENT_BYTES) + "\r\n1\r\ny\r\n0\r\n\r\n");

            assertThat(wire.reply().problem()).isEqualTo("413 body-too-large");
        }
        server.publish("t", "marker");
        assertThat(seen.nextData()).isEqualTo("marker");
    }

    @Test
    void aBatchOfSixteenMebibytesArrivesWholeAndOneByteMoreNotAtAll() throws IOException {
        String batch = batch();
        Reply tooLarge = server.postAs("application/x-ndjson", batch + "\n");
        Reply largest = server.postAs("application/x-ndjson", batch);

        assertThat(tooLarge.problem()).isEqualTo("413 body-too-large");
        assertThat(tooLarge.json().required("maxBytes").asInt()).isEqualTo(BATCH_BYTES);
        assertThat(largest.ids()).hasSize(LINES);
        for (int i = 0; i < LINES; i++) {
            assertThat(seen.nextData()).startsWith(i + ".").hasSizeGreaterThan(800_000);
        }
    }

    @Test
    void aBadLineOfALargeBatchIsNamedAndNothingIsPublished() throws IOException {
        String lines = "{\"topic\":\"t\",\"data\":\"\"}\n".repeat(20_000);
        Reply badEvent = server.postAs("application/x-ndjson", lines + "{\"topic\":\"t\"}");
        Reply badJson = server.postAs("application/x-ndjson", lines + "{");
        server.publish("t", "marker");

        assertThat(badEvent.status()).isEqualTo(400);
        assertThat(badEvent.detail()).startsWith("line 20001: data: missing");
        assertThat(badJson.status()).isEqualTo(400);
        assertThat(badJson.detail()).contains("line 20001, column 2");
        assertThat(seen.nextData()).isEqualTo("marker");
    }

    @Test
    void whatTheLogCanNeverHoldIsRefusedAsAWhole() throws IOException {
        try (RunningServer small = RunningServer.with("http.sockets", sockets, "window.max-bytes", "64 KiB");
                Streaming stream = small.subscribe("/events?topic=*")) {
            Reply reply = small.post("/events/t", "x".repeat(100_000));
            small.publish("t", "marker");

            assertThat(reply.problem()).isEqualTo("413 batch-too-large");
            assertThat(reply.detail()).contains("(expected: ");
            assertThat(stream.nextData()).isEqualTo("marker");
        }
    }

    private static String batch() {
        StringBuilder lines = new StringBuilder(BATCH_BYTES);
        for (int i = 0; i < LINES; i++) {
            String head = "{\"topic\":\"t\",\"data\":\"" + i + ".";
            int end = (int) ((long) BATCH_BYTES * (i + 1) / LINES);
            lines.append(head).append("x".repeat(end - lines.length() - 3)).append("\"}\n");
        }
        return lines.toString();
    }
}
