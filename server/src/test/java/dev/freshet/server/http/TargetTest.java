package dev.freshet.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @Test
    void takesThePathApartBeforeItDecodes() {
        assertThat(Target.parse("/a%2Fb/c+d").segments()).containsExactly("a/b", "c+d");
        assertThat(Target.parse("/").segments()).containsExactly("");
        assertThat(Target.parse("/a/").segments()).containsExactly("a", "");
        assertThat(Target.parse("*").segments()).isEmpty();
    }

    @Test
    void readsAbsoluteForms() {
        assertThat(Target.parse("http://host:80/a?b=c").rawPath()).isEqualTo("/a");
        assertThat(Target.parse("http://host:80/a?b=c").parameter("b")).contains("c");
        assertThat(Target.parse("http://host?b=c").rawPath()).isEqualTo("/");
        assertThat(Target.parse("http://host?b=c").parameter("b")).contains("c");
        assertThat(Target.parse("http://host").rawPath()).isEqualTo("/");
    }

    @Test
    void keepsParametersInOrder() {
        Target target = Target.parse("/?topic=a&x&topic=b+c%2B&&topic=%F0%9F%8C%B1");
        assertThat(target.parameters("topic")).containsExactly("a", "b c+", "🌱");
        assertThat(target.parameter("x")).contains("");
        assertThat(target.parameters("y")).isEqualTo(List.of());
    }

    @Test
    void readsBytesAsReceivedAndPlainText() {
        assertThat(Target.parse("/\u00c3\u00a4").segments()).containsExactly("ä");
        assertThat(Target.parse("/€").segments()).containsExactly("€");
    }

    @Test
    void keepsTheQueryOutOfLogs() {
        assertThat(Target.parse("/a?token=secret")).hasToString("/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "host:443", "://", "/%", "/%4", "/%zz", "/%C3", "/?a=%C3%28", "/?%ED%A0%80=1", "/\u00ff"
            })
    void refusesWhatItCannotRead(String text) {
        assertThatThrownBy(() -> Target.parse(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(400));
    }
}
