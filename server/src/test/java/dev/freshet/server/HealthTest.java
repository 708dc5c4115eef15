package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aServerThatRunsIsAliveAndReady() throws IOException {
        assertThat(server.get("/healthz").body()).isEqualTo("alive\n");
        assertThat(server.get("/readyz").body()).isEqualTo("ready\n");
        assertThat(server.get("/readyz").header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void thePageSaysWhoGetsAPrivateEvent() throws IOException {
        assertThat(server.get("/").body()).contains("without rights configured nobody has one, and nobody gets it");
    }

    @ParameterizedTest
    @CsvSource({"/, text/html", "/page.css, text/css", "/page.js, text/javascript", "/favicon.svg, image/svg+xml"})
    void thePageLoadsNothingFromElsewhere(String path, String type) throws IOException {
        Reply file = server.get(path);

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).startsWith(type);
        assertThat(file.header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.body()).doesNotContain("src=\"http", "href=\"http", "url(http");
    }
}
