package dev.freshet.server.transport;

import dev.freshet.server.transport.tls.TlsOptions;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for this machine that signs itself, and clients that trust it alone. */
final class TestCertificate {
    static final TestCertificate INSTANCE = of("CN=localhost");

    private final Path chain;
    private final Path key;
    private final SSLSocketFactory trusting;

    private TestCertificate(X509Bundle bundle) throws IOException, GeneralSecurityException {
        chain = bundle.toTempCertChainPem().toPath();
        key = bundle.toTempPrivateKeyPem().toPath();
        trusting = trusting(bundle);
    }

    static TestCertificate of(String subject) {
        return of(subject, Algorithm.ecp256);
    }

    static TestCertificate of(String subject, Algorithm algorithm) {
        try {
            return new TestCertificate(builder(subject)
                    .algorithm(algorithm)
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What every certificate for this machine has. */
    static CertificateBuilder builder(String subject) {
        return new CertificateBuilder()
                .subject(subject)
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1");
    }

    TlsOptions options() {
        return TlsOptions.of(chain, key);
    }

    SSLSocketFactory trusting() {
        return trusting;
    }

    static SSLSocketFactory trusting(X509Bundle bundle) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("server", bundle.getCertificate());
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        context.getClientSessionContext().setSessionCacheSize(1); // Else each connection leaves something behind.
        return context.getSocketFactory();
    }
}
