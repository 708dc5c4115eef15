package dev.freshet.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.load.wire.Template;
import dev.freshet.server.HubServer;
import dev.freshet.server.ServerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loads a real hub. */
class LoadTest {
    private static final LoadPlan.Times TIMES = new LoadPlan.Times(
            Duration.ofSeconds(20), Duration.ZERO, Duration.ZERO, Duration.ofMillis(300), Duration.ofSeconds(20));
    /** For what never arrives. */
    private static final LoadPlan.Times HASTY = new LoadPlan.Times(
            Duration.ofSeconds(20), Duration.ZERO, Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(100));

    private HubServer server;

    @BeforeEach
    void start() throws IOException {
        server = HubServer.start(ServerConfig.load(Optional.empty(), Map.of(), Map.of("http.port", "0")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void checksWhatManySubscribersGet() throws IOException {
        LoadReport report = run(target("/events/t{t}"), shape(200, 10, false, 4, 1));

        assertThat(report.isFailed()).as(report.json()).isFalse();
        assertThat(report.json()).contains("\"opened\":200,", "\"lost\":0,", "\"undelivered\":0,");
    }

    @Test
    void publishesBatchesToOneReaderOfAll() throws IOException {
        Target target = target("/events?topic=t0&topic=t1");
        Target batches = new Target(
                target.port(),
                target.port(),
                target.subscribe(),
                new Template("/events"),
                new Template("{\"topic\":\"t{t}\",\"data\":\"{d}\"}"),
                "application/x-ndjson",
                List.of(),
                List.of());
        LoadReport report = run(batches, shape(1, 2, true, 2, 50));

        assertThat(report.isFailed()).as(report.json()).isFalse();
    }

    /** Whoever subscribes to another topic than is published to is owed everything. */
    @Test
    void failsWhenNothingArrives() throws IOException {
        LoadReport report = run(target("/events/other"), shape(5, 1, false, 1, 1), HASTY);

        assertThat(report.isFailed()).isTrue();
        assertThat(report.json()).contains("\"delivered\":0,").doesNotContain("\"undelivered\":0,");
    }

    @Test
    void failsWhenSubscriptionsAreRefused() throws IOException {
        assertThat(run(target("/nowhere"), shape(5, 1, false, 1, 1), HASTY).json())
                .contains("\"opened\":0,\"refused\":5,");
    }

    private LoadReport run(Target target, Shape shape) throws IOException {
        return run(target, shape, TIMES);
    }

    private static LoadReport run(Target target, Shape shape, LoadPlan.Times times) throws IOException {
        LoadPlan plan = new LoadPlan(target, shape, new LoadPlan.Pace(0, 50), times, new LoadPlan.Deliver());
        try (Load load = new Load(plan)) {
            return load.run();
        }
    }

    private Target target(String subscribe) {
        int port = server.address().getPort();
        return new Target(
                port,
                port,
                new Template(subscribe),
                new Template("/events/t{t}"),
                new Template("{d}"),
                "text/plain",
                List.of(),
                List.of());
    }

    private static Shape shape(int connections, int topics, boolean readsAll, int publishers, int batch) {
        return new Shape(connections, 0, topics, readsAll, publishers, false, 200, batch);
    }
}
