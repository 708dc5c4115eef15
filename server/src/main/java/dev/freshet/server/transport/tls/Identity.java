package dev.freshet.server.transport.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and the certificates that say whose it is, the one of this key first. Immutable.
 *
 * @param key the key
 * @param chain the certificates
 */
record Identity(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] TEXT = "whose?".getBytes(StandardCharsets.US_ASCII);

    /**
     * Reads both files. Blocks.
     *
     * @throws IOException if one cannot be read, is not what it should be, or both do not belong together; the message says
     *     which, and what was expected
     */
    static Identity read(TlsOptions options) throws IOException {
        List<X509Certificate> chain = Chain.of(PemFile.certificates(options.certificate()));
        PrivateKey key = PemFile.privateKey(options.key());
        if (!isSigned(signed(key, options), key, chain.get(0).getPublicKey())) {
            throw new IOException("tls.key: " + options.key() + " is not the key of the first certificate in "
                    + options.certificate() + " (expected: the key that this certificate was made for)");
        }
        return new Identity(key, chain);
    }

    /** A signature shows whose key it is before a client finds out. */
    private static byte[] signed(PrivateKey key, TlsOptions options) throws IOException {
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(TEXT);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "tls.key: " + options.key() + " is of a kind that cannot sign here (expected: RSA, P-256, P-384,"
                            + " P-521, Ed25519 or Ed448)",
                    e);
        }
    }

    private static boolean isSigned(byte[] signed, PrivateKey key, PublicKey certified) {
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initVerify(certified);
            signature.update(TEXT);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // Keys of different kinds.
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
