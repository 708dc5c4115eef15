package dev.freshet.server.transport.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds, among the certificates of a file, those that lead from the first one towards its root, in that order (RFC 8446 4.4.2). */
final class Chain {
    private Chain() {}

    /** Begins with the first; certificates that nobody in it was issued by are left out. */
    static List<X509Certificate> of(List<X509Certificate> all) {
        List<X509Certificate> chain = new ArrayList<>(all.subList(0, 1));
        Optional<X509Certificate> next = issuer(chain, all);
        while (next.isPresent()) {
            chain.add(next.get());
            next = issuer(chain, all);
        }
        return List.copyOf(chain);
    }

    /** Several may have the name: an authority that changed its key. */
    private static boolean isSignedBy(X509Certificate issuer, X509Certificate issued) {
        try {
            issued.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Optional<X509Certificate> issuer(List<X509Certificate> chain, List<X509Certificate> all) {
        X509Certificate last = chain.get(chain.size() - 1);
        return all.stream()
                .filter(other -> other.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                .filter(other -> !chain.contains(other))
                .filter(other -> isSignedBy(other, last))
                .findFirst();
    }
}
