package dev.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.client.EventSource;
import dev.freshet.client.EventStream;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.StreamOptions;
import dev.freshet.client.publish.Publication;
import dev.freshet.client.publish.PublishException;
import dev.freshet.client.publish.Publisher;
import dev.freshet.client.publish.PublisherOptions;
import dev.freshet.client.transport.HttpTransport;
import dev.freshet.server.HubServer;
import dev.freshet.server.ServerConfig;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publish, live, history and large events over HTTPS, with the Java client. */
class HubWithTlsTest {
    private HubServer hub;
    private HttpTransport trusting;
    private Publisher publisher;

    @BeforeEach
    void open() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Map<String, String> settings = Map.of(
                "http.port", "0",
                "tls.certificate", certificate.toTempCertChainPem().getPath(),
                "tls.key", certificate.toTempPrivateKeyPem().getPath());
        hub = HubServer.start(ServerConfig.load(Optional.empty(), Map.of(), settings));
        trusting = HttpTransport.standard().withTls(trust(certificate));
        publisher = Publisher.open(PublisherOptions.of(hub.address()).withTransport(trusting));
    }

    @AfterEach
    void close() {
        publisher.close();
        hub.close();
    }

    private static SSLContext trust(X509Bundle certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("hub", certificate.getCertificate());
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private EventStream subscribe(String pathAndQuery) {
        URI stream = hub.address().resolve(pathAndQuery);
        return EventSource.read(StreamOptions.of(stream).withTransport(trusting));
    }

    private static List<String> read(EventStream stream, int count) {
        return stream.messages().limit(count).map(Message::data).toList();
    }

    @Test
    void isFoundAtAnHttpsAddress() {
        assertThat(hub.address().getScheme()).isEqualTo("https");
    }

    @Test
    void handsOnWhatIsPublishedFromTheFirstToTheLast() {
        List<String> numbers =
                IntStream.range(0, 2000).mapToObj(String::valueOf).toList();
        try (EventStream live = subscribe("/events/numbers?since=1m")) {
            List<Publication> batch = new ArrayList<>();
            numbers.subList(0, 1000).forEach(n -> batch.add(Publication.of("numbers", n)));
            publisher.publishAll(batch).join();
            numbers.subList(1000, 2000).forEach(n -> publisher.publish(Publication.of("numbers", n)));
            assertThat(read(live, 2000)).isEqualTo(numbers);
        }
        try (EventStream late = subscribe("/events/numbers?last=2000")) {
            assertThat(read(late, 2000)).isEqualTo(numbers);
        }
    }

    @Test
    void handsOnLargeEvents() {
        String large = "0123456789".repeat(90_000);
        try (EventStream live = subscribe("/events/large?last=10")) {
            publisher.publish(Publication.of("large", large)).join();
            publisher.publish(Publication.of("large", "small")).join();
            assertThat(read(live, 2)).containsExactly(large, "small");
        }
    }

    @Test
    void isNotTrustedByWhoeverDoesNotKnowItsCertificate() {
        try (Publisher stranger = Publisher.open(PublisherOptions.of(hub.address()))) {
            assertThatThrownBy(() ->
                            stranger.publish(Publication.of("numbers", "1")).join())
                    .hasCauseInstanceOf(PublishException.class);
        }
    }
}
