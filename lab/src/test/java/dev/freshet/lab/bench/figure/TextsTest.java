package dev.freshet.lab.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void threeDigitsCount() {
        assertThat(Texts.number(1_234_567)).isEqualTo("1,230,000");
        assertThat(Texts.number(0)).isEqualTo("0");
        assertThat(Texts.number(100)).isEqualTo("100");
        assertThat(Texts.number(38.27)).isEqualTo("38.3");
        assertThat(Texts.number(1.5)).isEqualTo("1.5");
        assertThat(Texts.number(0.004074)).isEqualTo("0.00407");
        assertThat(Texts.number(-12.34)).isEqualTo("-12.3");
        assertThat(Texts.number(Double.NaN)).isEqualTo("none");
    }
}
