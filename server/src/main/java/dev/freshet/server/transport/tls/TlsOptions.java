package dev.freshet.server.transport.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How connections are encrypted. Immutable.
 *
 * @param certificate a PEM file: the server's certificate, then those that lead to its root
 * @param key a PEM file: the private key of the first certificate, in PKCS #8, not encrypted (RFC 7468 10)
 * @param handshakeTimeout how long a handshake may take, from its first byte
 * @param checkInterval how often it is looked whether the files have changed
 */
public record TlsOptions(Path certificate, Path key, Duration handshakeTimeout, Duration checkInterval) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public TlsOptions {
        Objects.requireNonNull(certificate);
        Objects.requireNonNull(key);
        requirePositive("handshakeTimeout", handshakeTimeout);
        requirePositive("checkInterval", checkInterval);
    }

    /**
     * The defaults for a certificate: 10 s for a handshake, a look at the files every 30 s.
     *
     * @param certificate a PEM file with the chain
     * @param key a PEM file with the private key
     * @return the options
     */
    public static TlsOptions of(Path certificate, Path key) {
        return new TlsOptions(certificate, key, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /**
     * These options with another time for a handshake.
     *
     * @param timeout how long it may take
     * @return the options
     */
    public TlsOptions withHandshakeTimeout(Duration timeout) {
        return new TlsOptions(certificate, key, timeout, checkInterval);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.toMillis() < 1 || value.toDays() > 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 ms to 1 day)");
        }
    }
}
