package dev.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LineEndsTest {

    @Test
    void findsALineEndAtEveryPlaceBesideEveryByte() {
        for (int filler = 0; filler < 256; filler++) {
            if (filler != '\n' && filler != '\r') {
                for (int at = 0; at < 20; at++) {
                    assertFound(filler, at, '\n');
                    assertFound(filler, at, '\r');
                }
            }
        }
    }

    @Test
    void findsTheFirstOfSeveral() {
        byte[] bytes = "abc\r\n\r\nabcdefghijklmnop\n\r".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        int[] nextAt = {3, 3, 3, 3, 4, 5, 6};
        for (int from = 0; from < nextAt.length; from++) {
            assertThat(LineEnds.find(bytes, from, bytes.length)).isEqualTo(nextAt[from]);
        }
        assertThat(LineEnds.find(bytes, 7, bytes.length)).isEqualTo(23);
    }

    @Test
    void staysWithinItsRange() {
        byte[] bytes = new byte[40];
        Arrays.fill(bytes, (byte) '\n');
        Arrays.fill(bytes, 10, 30, (byte) 'x');

        assertThat(LineEnds.find(bytes, 10, 30)).isEqualTo(30);
        assertThat(LineEnds.find(bytes, 10, 17)).isEqualTo(17);
        assertThat(LineEnds.find(bytes, 12, 12)).isEqualTo(12);
    }

    @Test
    void takesCrLfAsOneUnlessTheRangeCutsIt() {
        byte[] bytes = {'\r', '\n', '\r'};

        assertThat(LineEnds.after(bytes, 0, 3)).isEqualTo(2);
        assertThat(LineEnds.after(bytes, 0, 1)).isEqualTo(1);
        assertThat(LineEnds.after(bytes, 1, 3)).isEqualTo(2);
        assertThat(LineEnds.after(bytes, 2, 3)).isEqualTo(3);
    }

    private static void assertFound(int filler, int at, char end) {
        byte[] bytes = new byte[20];
        Arrays.fill(bytes, (byte) filler);
        bytes[at] = (byte) end;
        assertThat(LineEnds.find(bytes, 0, bytes.length))
                .as("%d in %d", at, filler)
                .isEqualTo(at);
    }
}
