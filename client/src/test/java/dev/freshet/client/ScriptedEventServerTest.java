package dev.freshet.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ReceivedRequest;
import dev.freshet.client.testing.ScriptedEventServer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScriptedEventServerTest {

    private static final Answer OK = Answer.status(200, "ok");

    @Test
    void putsChunksTogether() throws IOException {
        try (ScriptedEventServer server = ScriptedEventServer.start(OK)) {
            String chunked = "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "2;x=y\r\n\u00e9\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n";
            String next = "GET /b HTTP/1.1\r\nConnection: close\r\n\r\n";
            say(server, chunked + next, 2);

            assertThat(server.requests()).map(ReceivedRequest::body).containsExactly("\u00e90123456789", "");
            assertThat(server.requests()).map(ReceivedRequest::target).containsExactly("/a", "/b");
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void tellsOfARequestThatIsNotHttp() throws IOException {
        try (ScriptedEventServer server = ScriptedEventServer.start(OK)) {
            say(server, "nonsense\r\n\r\n", 0);

            await().until(() -> server.failures().size() == 1);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void pausesForATime() throws IOException {
        Duration pause = Duration.ofMillis(50);
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.raw("").pause(pause).close())) {
            long startedNanos = System.nanoTime();
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));

                assertThat(socket.getInputStream().read()).isEqualTo(-1);
                assertThat(System.nanoTime() - startedNanos).isGreaterThanOrEqualTo(pause.toNanos());
            }
        }
    }

    private static void say(ScriptedEventServer server, String words, int requests) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(words.getBytes(UTF_8));
            await().until(() -> server.requests().size() == requests && (requests > 0 || server.open() == 0));
        }
    }
}
