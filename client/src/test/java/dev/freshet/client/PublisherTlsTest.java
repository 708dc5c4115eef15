package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.publish.Publication;
import dev.freshet.client.publish.PublishException;
import dev.freshet.client.publish.PublishException.Reason;
import dev.freshet.client.publish.Publisher;
import dev.freshet.client.publish.PublisherOptions;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import dev.freshet.client.transport.HttpTransport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publisher hands its events to whom it trusts, and knows what nobody can have had. */
class PublisherTlsTest {

    private static final Answer ONE = Answer.status(200, "{\"id\":\"k-1\"}");

    @TempDir
    private Path folder;

    private SSLContext context;

    @BeforeEach
    void makeCertificate() throws Exception {
        context = TestCertificate.of("ip:127.0.0.1", folder).context();
    }

    @Test
    void publishesToWhomItTrusts() {
        try (ScriptedEventServer server = ScriptedEventServer.startSecure(context, ONE);
                Publisher publisher = Publisher.open(options(server.uri(), trusting()))) {
            assertThat(publisher.publish(Publication.of("a", "1"))).succeedsWithin(Duration.ofSeconds(20));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void saysNothingToAStranger() {
        try (ScriptedEventServer server = ScriptedEventServer.startSecure(context, ONE)) {
            PublishException failure = failure(server.uri(), HttpTransport.standard());

            assertThat(failure.reason()).isEqualTo(Reason.NO_ANSWER);
            assertThat(failure).hasRootCauseInstanceOf(GeneralSecurityException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void givesUpAHandshakeThatNobodyAnswers() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            URI uri = URI.create("https://127.0.0.1:" + mute.getLocalPort() + "/");
            HttpTransport hasty = HttpTransport.standard().withConnectTimeout(Duration.ofMillis(200));
            long startedNanos = System.nanoTime();

            assertThat(failure(uri, hasty).reason()).isEqualTo(Reason.NO_ANSWER);
            assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isLessThan(Duration.ofSeconds(8));
        }
    }

    /** Nothing of it was sent to whom the handshake did not succeed with. */
    @Test
    void aRefusalIsCertainAlthoughAHandshakeFailedBefore() throws Exception {
        TlsDoor door = new TlsDoor(context).refusing(1);
        try (ScriptedEventServer server = ScriptedEventServer.startBehind(door, Answer.status(403))) {
            assertThat(failure(door.uri(), trusting()).reason()).isEqualTo(Reason.REFUSED);
            assertThat(server.requests()).hasSize(1);
        }
    }

    private static PublishException failure(URI hub, HttpTransport transport) {
        try (Publisher publisher = Publisher.open(options(hub, transport))) {
            Object ids = publisher
                    .publish(Publication.of("a", "1"))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            throw new AssertionError("published: " + ids);
        } catch (CompletionException e) {
            return (PublishException) e.getCause();
        }
    }

    private HttpTransport trusting() {
        return HttpTransport.standard().withTls(context);
    }

    /** Two attempts at most. */
    private static PublisherOptions options(URI hub, HttpTransport transport) {
        return PublisherOptions.of(hub)
                .withTransport(transport)
                .withRetry(Quick.POLICY.withMaxAttempts(2).withBudget(Duration.ofSeconds(10)));
    }
}
