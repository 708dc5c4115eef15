package dev.freshet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class DashboardTest {

    @Test
    void showsTheNewestOfEachAndWhatIsMissing() {
        Answer readings = Answer.stream()
                .send("retry: 100\n\nevent: load\ndata: 0.5\n\nevent: heat\ndata: 40\n\nevent: load\ndata: 0.7\n\n")
                .send("event: gap\ndata: {\"reason\":\"expired\"}\n\n")
                .end();
        List<String> screen = new CopyOnWriteArrayList<>();
        try (ScriptedEventServer server = ScriptedEventServer.start(readings, Answer.status(204))) {
            Dashboard dashboard = new Dashboard(screen::add);
            dashboard.follow(server.uri());

            assertThat(dashboard.end()).succeedsWithin(Duration.ofSeconds(20));
            assertThat(screen)
                    .containsExactly(
                            "{load=0.5}",
                            "{heat=40, load=0.5}",
                            "{heat=40, load=0.7}",
                            "some readings are missing: expired",
                            "not up to date: ENDED",
                            "not up to date: NO_CONTENT");
        }
    }
}
