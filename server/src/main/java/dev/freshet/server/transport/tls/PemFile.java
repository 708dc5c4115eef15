package dev.freshet.server.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads certificates and keys out of text files (RFC 7468). All methods block. */
final class PemFile {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
    private static final long MAX_BYTES = 1 << 20;
    private static final List<String> KEY_KINDS = List.of("EC", "RSA", "EdDSA");
    private static final String KEY_EXPECTED =
            " (expected: a PEM file with BEGIN PRIVATE KEY, which is PKCS #8 without a password;"
                    + " openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW makes one)";
    private static final String CHAIN_EXPECTED =
            " (expected: a PEM file with BEGIN CERTIFICATE, the server's own certificate first)";

    private PemFile() {}

    /** At least one. What else the file holds, such as the key, does not matter. */
    static List<X509Certificate> certificates(Path file) throws IOException {
        byte[] text = CERTIFICATE
                .matcher(text("tls.certificate", file, CHAIN_EXPECTED))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.ISO_8859_1);
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(text))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (chain.isEmpty()) {
                throw new CertificateException("none");
            }
            return chain;
        } catch (CertificateException e) {
            throw new IOException(
                    "tls.certificate: " + file + " holds no certificate that can be read" + CHAIN_EXPECTED, e);
        }
    }

    static PrivateKey privateKey(Path file) throws IOException {
        Matcher block = PRIVATE_KEY.matcher(text("tls.key", file, KEY_EXPECTED));
        if (!block.find()) {
            throw new IOException("tls.key: " + file + " holds no private key that can be read" + KEY_EXPECTED);
        }
        try {
            return privateKey(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1))));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IOException("tls.key: " + file + " holds a damaged or unknown private key" + KEY_EXPECTED, e);
        }
    }

    /** What kind of key it is stands within; the JDK wants to be told. */
    private static PrivateKey privateKey(PKCS8EncodedKeySpec encoded) throws GeneralSecurityException {
        GeneralSecurityException failure = new GeneralSecurityException();
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(encoded);
            } catch (GeneralSecurityException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private static String text(String setting, Path file, String expected) throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("over 1 MiB");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException(setting + ": " + file + " does not exist" + expected, e);
        } catch (IOException e) {
            throw new IOException(setting + ": " + file + " cannot be read" + expected, e);
        }
    }
}
