package dev.freshet.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "http://Example.ORG/x, example.org, 80, example.org",
        "https://example.org/x, example.org, 443, example.org",
        "http://example.org:443/, example.org, 443, example.org:443",
        "HTTPS://example.org:80, example.org, 80, example.org:80",
        "http://[::1]/, ::1, 80, [::1]",
        "http://[2001:DB8::1]:8080/, 2001:db8::1, 8080, [2001:db8::1]:8080"
    })
    void takesHostAndPortOfAUri(String uri, String host, int port, String hostHeader) {
        Origin origin = Origin.of(URI.create(uri));

        assertThat(origin.host()).isEqualTo(host);
        assertThat(origin.port()).isEqualTo(port);
        assertThat(origin.hostHeader()).isEqualTo(hostHeader);
    }
}
