package dev.freshet.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
    private static final HubUrl HUB = HubUrl.parse("http://h:1");

    @Test
    void tellsTheDetailOfAProblem() {
        assertThat(Answers.refusal(HUB, 400, "{\"title\":\"Bad\",\"detail\":\"topic: empty\"}"))
                .isEqualTo("http://h:1 answered 400: topic: empty");
    }

    @Test
    void tellsTheTitleOfAProblemWithoutDetail() {
        assertThat(Answers.refusal(HUB, 404, "{\"title\":\"Not found\"}"))
                .isEqualTo("http://h:1 answered 404: Not found");
    }

    @Test
    void quotesTheBeginningOfWhatIsNoProblem() {
        assertThat(Answers.refusal(HUB, 502, "<html>\n  <p>" + "x".repeat(1000)))
                .startsWith("http://h:1 answered 502: <html> <p>xxx")
                .hasSizeLessThan(400);
        assertThat(Answers.refusal(HUB, 500, "")).isEqualTo("http://h:1 answered 500");
    }

    @ParameterizedTest
    @CsvSource({"3, 3000", "0, 0", "86400, 60000", "-1, 0", "soon, 0", "99999999999999999999, 0"})
    void waitsAsLongAsTheServerAsksButAtMostAMinute(String header, long ms) {
        assertThat(Answers.retryAfterMs(HttpHeaders.of(Map.of("Retry-After", List.of(header)), (a, b) -> true)))
                .isEqualTo(ms);
    }
}
