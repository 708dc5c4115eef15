package dev.freshet.hub.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "orders/{id}, orders/42",
        "orders/{id}, orders/a.b-c",
        "orders/{id}/lines, orders/42/lines",
        "{id}, x",
        "{a}{b}, xy",
        "{+rest}, a/b/c",
        "orders/{+rest}, orders/a/b",
        "{+a}/end, x/y/end",
        "{+a}/end, end/end",
        "{a}/{b}, x/y",
        "{a}-{b}, a-b-c",
        "x{/a}, x/1",
        "'x{/a,b}', x/1/2",
        "x{.a}, x.json",
        "'x{.a,b}', x.tar.gz",
        "x{#a}, x#p/q",
        "x{?a}, x?a=1",
        "'x{?a,b}', x?a=1&b=2",
        "x{&a}, x&a=1",
        "x{;a}, x;a=1",
        "'x{;a,b}', x;a=1;b=2",
        "'{a,b}', '1,2'",
        "'{+a,b}', '1/2,3'",
        "{a.b}, x",
        "{a%20b}, x",
        "{_1}, x",
        "a{b}c{d}e, abcde",
        "aa{x}aa, aaaaa",
    })
    void matchesWhatItCouldHaveMade(String template, String name) {
        assertThat(UriTemplate.parse(template).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "orders/{id}, orders/",
        "orders/{id}, orders",
        "orders/{id}, orders/1/2",
        "orders/{id}, Orders/1",
        "orders/{id}/lines, orders/1/lines/2",
        "orders/{id}/lines, orders//lines",
        "{id}, a/b",
        "{a}{b}, x",
        "orders/{+rest}, orders/",
        "{+a}/end, /end",
        "{+a}/end, x/end/",
        "x{/a}, x/1/2",
        "'x{?a,b}', x?a=1",
        "'x{?a,b}', x?b=2&a=1",
        "'{a,b}', 1",
        "aa{x}aa, aaaa",
        "a{b}c, ac",
    })
    void doesNotMatchWhatItCouldNotHaveMade(String template, String name) {
        assertThat(UriTemplate.parse(template).matches(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "{}",
                "{{a}}",
                "a}b",
                "{a",
                "{a}}",
                "{+}",
                "{a:3}",
                "{a*}",
                "{a,}",
                "{,a}",
                "{ a}",
                "{a b}",
                "{=a}",
                "{!a}",
                "{@a}",
                "{|a}",
                "{a.}",
                "{.}",
                "{a..b}",
                "{%2}",
                "{%zz}",
                "{\u00fc}",
                "{-a}",
                "{+a",
                "{++a}"
            })
    void refusesWhatIsNoTemplateOfLevelThree(String text) {
        assertThatThrownBy(() -> UriTemplate.parse(text))
                .isInstanceOf(InvalidTopicException.class)
                .hasMessageContaining("template: ")
                .hasMessageContaining("(expected: ");
    }

    @Test
    void refusesTooManyVariables() {
        assertThat(UriTemplate.parse("{a}".repeat(16)).matches("x".repeat(16))).isTrue();
        assertThat(UriTemplate.parse("{a}".repeat(16)).matches("x".repeat(15))).isFalse();
        assertThatThrownBy(() -> UriTemplate.parse("{a}".repeat(17))).hasMessageContaining("at most 16 variables");
        assertThatThrownBy(() -> UriTemplate.parse("{a" + ",a".repeat(16) + "}"))
                .hasMessageContaining("at most 16 variables");
    }

    @Test
    void refusesALongTemplate() {
        assertThat(UriTemplate.parse("x".repeat(1021) + "{a}").text()).hasSize(1024);
        assertThatThrownBy(() -> UriTemplate.parse("x".repeat(1022) + "{a}")).hasMessageContaining("1025 bytes");
    }

    @Test
    void readsTheLongestVariableNameOnASmallStack() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        String name = "{" + "%aa".repeat(339) + "aaa}";
        Thread thread = new Thread(null, () -> UriTemplate.parse(name), "small", 160 << 10);
        thread.setUncaughtExceptionHandler((dying, e) -> failure.set(e));
        thread.start();
        thread.join(10_000);

        assertThat(failure.get()).isNull();
    }

    @Test
    void knowsItsLiteralBeginning() {
        assertThat(UriTemplate.parse("orders/{id}/x").prefix()).isEqualTo("orders/");
        assertThat(UriTemplate.parse("{id}").prefix()).isEmpty();
        assertThat(UriTemplate.parse("x{/a}").prefix()).isEqualTo("x/");
        assertThat(UriTemplate.parse("x{?a}").prefix()).isEqualTo("x?a=");
    }

    @Test
    void equalsByItsText() {
        assertThat(UriTemplate.parse("a/{b}"))
                .isEqualTo(UriTemplate.parse("a/{b}"))
                .hasSameHashCodeAs(UriTemplate.parse("a/{b}"))
                .isNotEqualTo(UriTemplate.parse("a/{c}"))
                .hasToString("a/{b}");
    }

    /** Names and templates for which a backtracking matcher would need longer than anybody lives. */
    @ParameterizedTest
    @ValueSource(strings = {"{+a}", "{a}", "{+a}a", "a{+a}", "{+a}aa"})
    void aHostileTemplateCostsNoMoreThanItsLengthTimesTheNames(String piece) {
        UriTemplate template = UriTemplate.parse(piece.repeat(16) + "b");
        UriTemplate longLiterals = UriTemplate.parse("{+a}" + "a".repeat(490) + "b{+b}" + "a".repeat(490) + "b");
        String name = "a".repeat(1024);
        long startNanos = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(template.matches(name)).isFalse();
            assertThat(longLiterals.matches(name)).isFalse();
        }
        assertThat(System.nanoTime() - startNanos).isLessThan(5_000_000_000L);
    }

    @Test
    void agreesWithARegularExpression() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("UriTemplateTest: -Dseed=" + seed);
        Random random = new Random(seed);
        int matches = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder template = new StringBuilder();
            StringBuilder expression = new StringBuilder();
            for (int part = 0; part <= random.nextInt(5); part++) {
                append(random.nextInt(4), random, template, expression);
            }
            String name = text(random, 1 + random.nextInt(7));
            boolean expected = Pattern.matches(expression.toString(), name);
            matches += expected ? 1 : 0;
            assertThat(UriTemplate.parse(template.toString()).matches(name))
                    .describedAs("%s %s", template, name)
                    .isEqualTo(expected);
        }
        assertThat(matches).isGreaterThan(500);
    }

    private static void append(int kind, Random random, StringBuilder template, StringBuilder expression) {
        if (kind == 0) {
            template.append("{v}");
            expression.append("[^/]+");
        } else if (kind == 1) {
            template.append("{+v}");
            expression.append(".+");
        } else {
            String literal = text(random, 1 + random.nextInt(2));
            template.append(literal);
            expression.append(Pattern.quote(literal));
        }
    }

    private static String text(Random random, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> "ab/".substring(random.nextInt(3)).substring(0, 1))
                .collect(Collectors.joining());
    }
}
