package dev.freshet.client.http;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Status and headers of a response. Immutable.
 *
 * @param status 200 to 999
 * @param headers the first value of each, one character for each byte; found by names in any case
 */
public record ResponseHead(int status, Map<String, String> headers) {

    /**
     * Copies the headers.
     *
     * @param status the status
     * @param headers the first value of each
     */
    public ResponseHead {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(copy::putIfAbsent);
        headers = Collections.unmodifiableMap(copy);
    }

    /**
     * A header.
     *
     * @param name its name, in any case
     * @return its value
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The media type without its parameters.
     *
     * @return in lower case; empty if the response names none
     */
    public String mediaType() {
        String value = header("Content-Type").orElse("");
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether the body is compressed, or encoded otherwise (RFC 9110 8.4).
     *
     * @return true if its bytes are not the content itself
     */
    public boolean isEncoded() {
        return header("Content-Encoding")
                .filter(coding -> !coding.strip().equalsIgnoreCase("identity"))
                .isPresent();
    }
}
