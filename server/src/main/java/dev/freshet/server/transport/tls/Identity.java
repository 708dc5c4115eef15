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
    /**
     * Reads both files. Blocks.
     *
     * @throws IOException if one cannot be read, is not what it should be, or both do not belong together; the message says
     *     which, and what was expected
     */
    static Identity read(TlsOptions options) throws IOException {
        List<X509Certificate> chain = PemFile.certificates(options.certificate());
        PrivateKey key = PemFile.privateKey(options.key());
        if (!belongTogether(key, chain.get(0).getPublicKey())) {
            throw new IOException("tls.key: " + options.key() + " is not the key of the first certificate in "
                    + options.certificate() + " (expected: the key that this certificate was made for)");
        }
        return new Identity(key, chain);
    }

    /** Whoever connects would find out; so it is found out before. */
    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        byte[] text = "whose?".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(text);
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
