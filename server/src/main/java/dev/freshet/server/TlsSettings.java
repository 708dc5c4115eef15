package dev.freshet.server;

import dev.freshet.server.config.ConfigurationException;
import dev.freshet.server.config.Setting;
import dev.freshet.server.config.Settings;
import dev.freshet.server.transport.tls.TlsOptions;
import java.nio.file.Path;
import java.util.Optional;

/** Reads how connections are encrypted. */
final class TlsSettings {
    private static final long HEAP_BYTES = 8192;

    private TlsSettings() {}

    /**
     * The options, if there is a certificate.
     *
     * @throws ConfigurationException if there is a certificate without a key, or a key without a certificate
     */
    static Optional<TlsOptions> read(Settings settings) {
        Optional<Path> certificate = settings.get(ServerSettings.CERTIFICATE);
        Optional<Path> key = settings.get(ServerSettings.KEY);
        if (certificate.isEmpty() && key.isEmpty()) {
            return Optional.empty();
        }
        TlsOptions options = TlsOptions.of(
                certificate.orElseThrow(() -> alone(ServerSettings.KEY, ServerSettings.CERTIFICATE)),
                key.orElseThrow(() -> alone(ServerSettings.CERTIFICATE, ServerSettings.KEY)));
        return Optional.of(options.withHandshakeTimeout(settings.get(ServerSettings.HANDSHAKE_TIMEOUT)));
    }

    /** A connection with TLS has buffers and keys on the heap: as many as half of it holds, if nobody asks for another number. */
    static int connections(Settings settings) {
        int connections = settings.get(ServerSettings.MAX_CONNECTIONS);
        boolean isChosen = settings.place(ServerSettings.MAX_CONNECTIONS).isPresent();
        if (isChosen || settings.get(ServerSettings.CERTIFICATE).isEmpty()) {
            return connections;
        }
        return (int) Math.min(connections, Runtime.getRuntime().maxMemory() / 2 / HEAP_BYTES);
    }

    private static ConfigurationException alone(Setting<?> given, Setting<?> missing) {
        return new ConfigurationException(
                given.key() + ": without " + missing.key() + " (expected: both, each a PEM file)");
    }
}
