package dev.freshet.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

class ProblemTest {
    @Test
    void isWrittenAsJson() {
        Problem problem = Problem.of(
                        400, "invalid-topic", "Invalid topic", "topic: \"a\nb\\\u007f€🌱\ud800\" (expected: ..)")
                .with("line", 7)
                .with("retry", true)
                .with("allowed", List.of("a", 1));
        Map<?, ?> read = new ObjectMapper().readValue(problem.json(), Map.class);
        assertThat(problem.json())
                .startsWith(
                        "{\"type\":\"https://freshet.dev/problems/invalid-topic\",\"title\":\"Invalid topic\",\"status\":400,");
        assertThat(read.get("detail")).isEqualTo(problem.detail());
        assertThat(read.get("line")).isEqualTo(7);
        assertThat(read.get("retry")).isEqualTo(true);
        assertThat(read.get("allowed")).isEqualTo(List.of("a", 1));
        assertThat(problem.json().chars()).allMatch(c -> c >= ' ');
    }

    @Test
    void keepsItsOwnMembers() {
        assertThat(Problem.notFound("x").with("status", 200).json())
                .contains("\"status\":404")
                .doesNotContain("200");
    }

    @Test
    void becomesAnAnswerWithItsHeaders() {
        Response response = new ProblemException(Problem.notFound("x"), Headers.of("Retry-After", "1")).response();
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers().first("content-type")).contains("application/problem+json");
        assertThat(response.headers().first("retry-after")).contains("1");
    }

    @Test
    void isAnError() {
        assertThatThrownBy(() -> Problem.of(200, "x", "x", "x")).hasMessageContaining("400 to 599");
    }
}
