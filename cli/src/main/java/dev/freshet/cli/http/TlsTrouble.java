package dev.freshet.cli.http;

import java.io.IOException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;

/** Puts in words why a hub is not trusted, or speaks no TLS: nothing that another attempt a moment later would mend. */
public final class TlsTrouble {
    private TlsTrouble() {}

    /**
     * Looks at a failure of the JDK's client.
     *
     * @param failure what the client threw
     * @return a few words, and what was expected; empty if it is about something else
     */
    public static Optional<String> of(IOException failure) {
        String message = Optional.ofNullable(failure.getMessage()).orElse("");
        if (message.contains("plaintext")) {
            return Optional.of("no TLS there (expected: http:// for this hub)");
        }
        if (isCausedBy(CertificateExpiredException.class, failure)) {
            return Optional.of("its certificate has expired (expected: a renewed one)");
        }
        if (isCausedBy(CertificateNotYetValidException.class, failure)) {
            return Optional.of("its certificate is not valid yet (expected: the right time on both machines)");
        }
        if (message.contains("No subject alternative") || message.contains("No name matching")) {
            return Optional.of("its certificate is for another name (expected: a --server with a name that it has)");
        }
        return message.contains("PKIX path")
                ? Optional.of("its certificate is not trusted (expected: one of a known authority, or --cacert FILE)")
                : Optional.empty();
    }

    private static boolean isCausedBy(Class<? extends Exception> kind, Throwable failure) {
        return kind.isInstance(failure) || (failure.getCause() != null && isCausedBy(kind, failure.getCause()));
    }
}
