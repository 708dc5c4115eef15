package dev.freshet.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StampTest {
    @Test
    void saysWhatWasWritten() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('x');
        Stamp.write(out, 0x0123_4567_89ab_cdefL, 0xfedc, 4999);
        ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());

        assertThat(bytes.limit()).isEqualTo(1 + Stamp.LENGTH);
        assertThat(Stamp.isAt(bytes, 1)).isTrue();
        assertThat(Stamp.sentNanos(bytes, 1)).isEqualTo(0x0123_4567_89ab_cdefL);
        assertThat(Stamp.number(bytes, 1)).isEqualTo(0xfedc);
        assertThat(Stamp.topic(bytes, 1)).isEqualTo(4999);
    }

    @Test
    void aTildeAloneIsNone() {
        assertThat(Stamp.isAt(ByteBuffer.wrap("~".repeat(Stamp.LENGTH).getBytes(StandardCharsets.US_ASCII)), 0))
                .isFalse();
    }
}
