package dev.freshet.lab.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerHeadTest {
    @Test
    void readsStatusAndLength() {
        assertThat(read("HTTP/1.1 202 Accepted\r\nContent-Length: 17\r\n\r\nbody"))
                .contains(new AnswerHead(202, 45, 17));
    }

    @Test
    void chunksHaveNoLength() {
        assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .map(AnswerHead::bodyLength)
                .contains(-1);
    }

    @Test
    void waitsForTheEmptyLine() {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        for (int length = 0; length < head.length(); length++) {
            assertThat(read(head.substring(0, length))).isEmpty();
        }
        assertThat(read(head)).isPresent();
    }

    private static Optional<AnswerHead> read(String text) {
        return AnswerHead.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
