package dev.freshet.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest implements LineSplitter.Handler {
    private final List<String> lines = new ArrayList<>();
    private int cuts;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void findsLinesInAnyCut(int pieceBytes) throws Exception {
        split(1000, pieceBytes, "one\n\ntwo\r\nthr\ree é ✓\n\r\nlast");
        assertThat(lines).containsExactly("one", "", "two", "thr\ree é ✓", "", "last");
        assertThat(cuts).isZero();
    }

    @Test
    void doesNotInventALineAfterTheLastEnd() throws Exception {
        split(1000, 1000, "one\n");
        assertThat(lines).containsExactly("one");
        lines.clear();
        split(1000, 1000, "");
        assertThat(lines).isEmpty();
    }

    @Test
    void replacesWhatIsNotUtf8() throws Exception {
        new LineSplitter(100, this).readAll(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, 'b', '\n'}));
        assertThat(lines).containsExactly("a\ufffdb");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void cutsALongLineBetweenCharacters(int pieceBytes) throws Exception {
        split(8, pieceBytes, "1234567€9\nabcdefgh\r\nabcdefgh\nend\n");
        assertThat(lines).containsExactly("1234567", "€9", "abcdefgh", "abcdefgh", "end");
        assertThat(cuts).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 64})
    void losesNothingOfALongLine(int maxLineBytes) throws Exception {
        String line = "aé€\ud83d\ude00".repeat(50);
        split(maxLineBytes, 5, line + "\n");
        assertThat(String.join("", lines)).isEqualTo(line);
        assertThat(lines)
                .allSatisfy(piece ->
                        assertThat(piece.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(maxLineBytes));
        assertThat(cuts).isOne();
    }

    @Override
    public void onLine(String line) {
        lines.add(line);
    }

    @Override
    public void onCut(int maxLineBytes) {
        cuts++;
    }

    private void split(int maxLineBytes, int pieceBytes, String text) throws Exception {
        InputStream whole = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        new LineSplitter(maxLineBytes, this).readAll(new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return whole.read(bytes, offset, Math.min(length, pieceBytes));
            }
        });
    }
}
