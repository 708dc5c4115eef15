package dev.freshet.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {

    @ParameterizedTest
    @CsvSource({
        "/x, http://h:1/x",
        "x, http://h:1/a/x",
        "../x?y=z, http://h:1/x?y=z",
        "?y, http://h:1/a/b?y",
        "//other/x, http://other/x",
        "https://other:2/x, https://other:2/x",
        "' /x ', http://h:1/x",
        "/a b{c}|d, http://h:1/a%20b%7Bc%7D%7Cd",
        "/%C3%A9, http://h:1/%C3%A9",
        "/\u00C3\u00A9, http://h:1/%C3%A9",
        "/a[1]?b[]=2, http://h:1/a%5B1%5D?b%5B%5D=2",
        "//[::1]:2/[x], http://[::1]:2/%5Bx%5D",
        "http://[::1]/[x], http://[::1]/%5Bx%5D"
    })
    void resolvesAgainstWhatWasAsked(String location, String target) {
        assertThat(Redirect.target(URI.create("http://h:1/a/b?q"), location)).hasValue(URI.create(target));
    }
}
