package dev.freshet.cli.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes clients for a hub: HTTP/1.1, 10 s to connect, no redirects unless the builder is told. Thread-safe. */
public final class HttpClients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final String EXPECTED = " (expected: a PEM file with BEGIN CERTIFICATE)";

    private HttpClients() {}

    /**
     * Begins a client that trusts whom the JDK trusts.
     *
     * @return its builder
     */
    public static HttpClient.Builder standard() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
    }

    /**
     * Begins a client that trusts some certificates, and those that they have signed, and nobody else. Blocks.
     *
     * @param file a PEM file with the certificates
     * @return its builder
     * @throws IllegalArgumentException if the file cannot be read or holds none; the message is for the user
     */
    public static HttpClient.Builder trusting(Path file) {
        try {
            return standard().sslContext(context(certificates(file)));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("--cacert: " + file + " does not exist" + EXPECTED, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("--cacert: " + file + " cannot be read" + EXPECTED, e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "--cacert: " + file + " holds no certificate that can be read" + EXPECTED, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no TLS", e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException, CertificateException {
        byte[] text = Files.readAllBytes(file);
        Collection<? extends Certificate> all =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(text));
        if (all.isEmpty()) {
            throw new CertificateException("none");
        }
        return all;
    }

    private static SSLContext context(Collection<? extends Certificate> trusted)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : trusted) {
            store.setCertificateEntry("trusted " + store.size(), certificate);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
