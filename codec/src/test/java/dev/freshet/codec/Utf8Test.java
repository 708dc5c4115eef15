package dev.freshet.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {

    /** The first four are tables 3-8 to 3-11 of the Unicode standard, chapter 3.9. */
    @ParameterizedTest
    @CsvSource({
        "C0AFE080BFF0818241, \uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA",
        "EDA080EDBFBFEDAF41, \uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA",
        "F4919293FF4180BF42, \uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA\uFFFD\uFFFDB",
        "E180E2F09192F1BF41, \uFFFD\uFFFD\uFFFD\uFFFDA",
        "61F09F98, a\uFFFD",
        "61F09F, a\uFFFD",
        "61F0, a\uFFFD",
        "E282, \uFFFD",
        "C2, \uFFFD",
        "80, \uFFFD",
        "F5808080, \uFFFD\uFFFD\uFFFD\uFFFD",
        "EFBFBD, \uFFFD",
        "EFBFBDFF, \uFFFD\uFFFD",
        "F48FBFBFFF, \uDBFF\uDFFF\uFFFD",
        "ED9FBFFFEE8080, \uD7FF\uFFFD\uE000",
        "EFBBBF61, \uFEFFa",
    })
    void replacesEachMaximalBrokenPart(String hex, String expected) {
        assertThat(decode(HexFormat.of().parseHex(hex))).isEqualTo(expected);
    }

    @Test
    void readsTheGivenRangeOnly() {
        byte[] bytes = HexFormat.of().parseHex("E282ACFFE282AC");

        assertThat(Utf8.decode(bytes, 1, 6)).isEqualTo("\uFFFD\uFFFD\uFFFD\uFFFD");
        assertThat(Utf8.decode(bytes, 3, 3)).isEmpty();
    }

    @Test
    void decodesEveryCodePointBesideABrokenByte() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                String text = Character.toString(codePoint);
                byte[] bytes = ("x" + text).getBytes(UTF_8);
                bytes[0] = (byte) 0xFF;
                assertThat(decode(bytes)).isEqualTo("\uFFFD" + text);
            }
        }
    }

    /** The JDK decodes as the standard says but for coded surrogates, which begin with ED. */
    @Test
    void agreesWithTheJdkOnAllButCodedSurrogates() {
        Random random = new Random(Seed.print("Utf8Test"));
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = likely(random);
            }
            assertThat(decode(bytes)).as("%s", HexFormat.of().formatHex(bytes)).isEqualTo(new String(bytes, UTF_8));
        }
    }

    private static byte likely(Random random) {
        int value = random.nextBoolean() ? 0x80 + random.nextInt(0x40) : random.nextInt(0x100);
        return (byte) (value == 0xED ? 0xEE : value);
    }

    private static String decode(byte[] bytes) {
        return Utf8.decode(bytes, 0, bytes.length);
    }
}
