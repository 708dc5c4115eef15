package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever goes well or wrong, at whatever level: no log line holds what was published, a query or a token. */
class SecretsTest {
    private static final String SECRET = "s3cr3t";

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        lines.start();
        root.addAppender(lines);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        System.setErr(standardError);
        root.setLevel(level);
        root.detachAppender(lines);
    }

    @Test
    void noLogLineHoldsAPayloadAQueryOrAToken() throws IOException {
        try (RunningServer server = RunningServer.with("window.max-bytes", "64 KiB")) {
            goWell(server);
            goWrong(server);
            LoggerFactory.getLogger("dev.freshet.server").error("marker");
        }
        List<ILoggingEvent> all = List.copyOf(lines.list);
        assertThat(all).extracting(ILoggingEvent::getFormattedMessage).contains("marker");
        assertThat(all).extracting(SecretsTest::text).noneMatch(text -> text.contains(SECRET));
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET);
    }

    private static void goWell(RunningServer server) throws IOException {
        try (Streaming stream = server.subscribe(
                "/events/t?token=" + SECRET, "Authorization: Bearer " + SECRET, "Cookie: t=" + SECRET)) {
            server.post("/events/t?type=" + SECRET, SECRET, "Authorization: Bearer " + SECRET);
            server.postAs("application/json", "{\"topic\":\"t\",\"data\":\"" + SECRET + "\"}");
            assertThat(stream.nextData(2)).containsExactly(SECRET, SECRET);
        }
    }

    private static void goWrong(RunningServer server) throws IOException {
        server.post("/events/t?" + SECRET + "=1", SECRET);
        server.post("/events/t", SECRET.repeat(20_000));
        server.postAs("application/json", "{\"topic\":\"t\",\"data\":" + SECRET);
        server.postAs("application/x-ndjson", "{\"topic\":\"" + SECRET + "{\"}\n");
        server.get("/events/t?last=" + SECRET);
        server.get("/nowhere?token=" + SECRET);
        server.ask("PUT", "/events/t?token=" + SECRET, SECRET);
        try (Wire wire = server.connect()) {
            wire.send(SECRET + "\r\n\r\n").reply();
        }
        try (Wire wire = server.connect()) {
            wire.send("POST /events/t?token=" + SECRET + " HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n" + SECRET);
        }
    }

    private static String text(ILoggingEvent line) {
        return line.getFormattedMessage() + ThrowableProxyUtil.asString(line.getThrowableProxy());
    }
}
