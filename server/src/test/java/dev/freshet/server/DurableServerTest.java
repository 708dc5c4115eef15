package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose log outlives it. */
class DurableServerTest {
    @TempDir
    private Path directory;

    @Test
    void resumesAfterARestartFromWhatOnlyTheDiskHas() throws IOException {
        String first;
        try (RunningServer server = start()) {
            first = server.publish("a", "0");
            server.publishAll("a", numbers(1, 40));
        }
        try (RunningServer server = start()) {
            server.publish("a", "41");
            try (Streaming stream = server.subscribe("/events/a", "Last-Event-ID: " + first)) {
                for (int i = 1; i <= 41; i++) {
                    assertThat(stream.nextData()).isEqualTo("" + i);
                }
            }
        }
    }

    @Test
    void opensAStreamWhoseBeginningHasToBeLookedUp() throws IOException {
        try (RunningServer server = start()) {
            server.post("/events/a?id=mine", "0");
            server.publishAll("a", numbers(1, 40));
            for (String cursor : List.of("last-event-id=mine", "last=40", "since=PT1H")) {
                try (Streaming stream = server.subscribe("/events/a?" + cursor)) {
                    String data = stream.nextData();
                    assertThat(data).as(cursor).isEqualTo(cursor.startsWith("since") ? "0" : "1");
                }
            }
        }
    }

    @Test
    void repeatsAReceiptAfterARestart() throws IOException {
        String id;
        try (RunningServer server = start()) {
            id = server.post("/events/a", "once", "Idempotency-Key: k").id();
        }
        try (RunningServer server = start()) {
            assertThat(server.post("/events/a", "once", "Idempotency-Key: k").id())
                    .isEqualTo(id);
        }
    }

    @Test
    void aMomentMayBeWrittenShort() throws IOException {
        try (RunningServer server = start()) {
            server.post("/events/a?ttl=1ms", "short");
            server.post("/events/a?ttl=10m", "long");
            server.publishAll("a", numbers(1, 20));
            try (Streaming stream = server.subscribe("/events/a?since=1h")) {
                assertThat(stream.nextData()).isEqualTo("long");
            }
        }
    }

    @Test
    void leavesOutWhatWasMeantForAMoment() throws IOException {
        try (RunningServer server = start()) {
            server.post("/events/a?ttl=PT0.001S", "short");
            server.postAs("application/json", "{\"topic\":\"a\",\"data\":\"short\",\"ttl\":\"PT0.001S\"}");
            server.postAs("application/x-www-form-urlencoded", "topic=a&data=short&ttl=PT0.001S");
            server.postAs("application/json", "{\"topic\":\"a\",\"data\":\"long\",\"ttl\":60}");
            server.postAs("application/x-www-form-urlencoded", "topic=a&data=longer&ttl=PT2M");
            server.publishAll("a", numbers(1, 20));
            try (Streaming stream = server.subscribe("/events/a?since=PT1H")) {
                assertThat(stream.nextData(3)).containsExactly("long", "longer", "1");
            }
        }
    }

    @Test
    void aSecondServerOnTheSameDirectoryDoesNotStart() throws IOException {
        try (RunningServer server = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another hub");
            server.publish("a", "still there");
        }
    }

    @Test
    void aStreamThatNeedsAHistoryThatCannotBeReadIsRefusedOrCut() throws Exception {
        try (RunningServer server = start()) {
            String first = server.publish("a", "1");
            server.publishAll("a", numbers(2, 40));
            change("ALTER TABLE event RENAME TO hidden");

            for (String cursor : List.of("last=20", "since=PT1H")) {
                Reply reply = server.get("/events/a?" + cursor);
                assertThat(reply.problem()).isEqualTo("503 history-unavailable");
                assertThat(reply.header("Retry-After")).isEqualTo("1");
            }
            try (Streaming cut = server.subscribe("/events/a", "Last-Event-ID: " + first)) {
                assertThatThrownBy(cut::next).isInstanceOf(IOException.class);
            }
            try (Streaming live = server.subscribe("/events/a?last=3")) {
                assertThat(live.nextData()).isEqualTo("38");
            }
            change("ALTER TABLE hidden RENAME TO event");
            try (Streaming stream = server.subscribe("/events/a", "Last-Event-ID: " + first)) {
                assertThat(stream.nextData(39)).containsExactly(numbers(2, 40));
            }
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("freshet.db"));
                Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    private RunningServer start() throws IOException {
        return RunningServer.with("log.data", directory.toString(), "window.max-events", "8");
    }

    private static String[] numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "" + i).toArray(String[]::new);
    }
}
