package dev.freshet.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void readsMembersOfEachType() throws JsonSyntaxException {
        JsonObject object = JsonReader.object(
                " { \"s\" : \"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD834\\uDD1E\" , \"n\":-12, \"l\":[ \"a\" , \"b\" ], \"e\":[],"
                        + "\"t\":true,\"f\":false,\"z\":null,\"o\":{\"x\":[{}]},\"d\":1.5e2,\"h\":0.5} ");

        assertThat(object.string("s")).hasValue("a\"\\/\b\f\n\r\té𝄞");
        assertThat(object.number("n")).hasValue(-12);
        assertThat(object.number("d")).hasValue(150);
        assertThat(object.strings("l")).hasValue(List.of("a", "b"));
        assertThat(object.strings("e")).hasValue(List.of());
    }

    @Test
    void whatIsMissingOrOfAnotherTypeIsEmpty() throws JsonSyntaxException {
        JsonObject object = JsonReader.object("{\"s\":\"a\",\"z\":null,\"h\":0.5,\"l\":[1],\"big\":1e99}");

        assertThat(object.string("none")).isEmpty();
        assertThat(object.string("z")).isEmpty();
        assertThat(object.string("h")).isEmpty();
        assertThat(object.number("s")).isEmpty();
        assertThat(object.number("h")).isEmpty();
        assertThat(object.number("big")).isEmpty();
        assertThat(object.strings("l")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"a\"",
                "{",
                "{}x",
                "{} {}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":tru}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u\uFF11234\"}",
                "{\"a\":\"",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":[1,]}",
                "{\"a\":[1}",
                "\uFEFF{}",
                "{\"a\":NaN}",
                "{'a':1}"
            })
    void refusesWhatIsNoObject(String text) {
        assertThatExceptionOfType(JsonSyntaxException.class)
                .isThrownBy(() -> JsonReader.object(text))
                .withMessageContaining("(expected: ");
    }

    @Test
    void refusesDepthsThatCouldExhaustTheStack() {
        assertThatExceptionOfType(JsonSyntaxException.class)
                .isThrownBy(() -> JsonReader.object("{\"a\":" + "[".repeat(100_000)));
    }

    @Test
    void readsWhatTheWriterWrites() throws JsonSyntaxException {
        String nasty = "\"\\\n\r\t\0\u001F\u2028 é𝄞";
        String text = new JsonWriter()
                .string("s", nasty)
                .strings("l", List.of(nasty, ""))
                .number("n", -5)
                .truth("t", true)
                .end();
        JsonObject object = JsonReader.object(text);

        assertThat(text).doesNotContain("\n");
        assertThat(object.string("s")).hasValue(nasty);
        assertThat(object.strings("l")).hasValue(List.of(nasty, ""));
        assertThat(object.number("n")).hasValue(-5);
        assertThat(new JsonWriter().end()).isEqualTo("{}");
    }
}
