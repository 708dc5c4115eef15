package dev.freshet.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {
    @Test
    void writesWhatAJsonLibraryReadsBack() {
        StringBuilder all = new StringBuilder("\"\\/'");
        for (char c = 0; c < 0x200; c++) {
            all.append(c);
        }
        String text = all.append("\u2028 \ud83d\ude00 ✓").toString();
        assertThat(JsonMapper.shared().readValue(json(text), String.class)).isEqualTo(text);
    }

    @Test
    void staysOnOneLine() {
        assertThat(json("a\nb\r\tc\0\u007f")).isEqualTo("\"a\\nb\\r\\tc\\u0000\\u007f\"");
    }

    @Test
    void escapesHalfOfAPair() {
        assertThat(json("\ud800x\udc00")).isEqualTo("\"\\ud800x\\udc00\"");
    }

    private static String json(String text) {
        StringBuilder out = new StringBuilder();
        JsonText.appendString(out, text);
        return out.toString();
    }
}
