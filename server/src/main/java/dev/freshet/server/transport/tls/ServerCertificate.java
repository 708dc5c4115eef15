package dev.freshet.server.transport.tls;

import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that new connections are shown. When its files change, the next connections get what is in them then; files
 * that cannot be used are told once, and the certificate stays as it was. Thread-safe; a thread of its own looks at the files.
 */
public final class ServerCertificate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);

    private final TlsOptions options;
    private final ScheduledExecutorService watch;
    private volatile SslContext context;
    /** What the certificate was read from, and what kept it from being read anew; the watching thread's own. */
    private FileStamps read;

    private String trouble = "";

    private ServerCertificate(TlsOptions options) throws IOException {
        this.options = options;
        this.read = FileStamps.of(options);
        this.context = load(options);
        this.watch = Executors.newSingleThreadScheduledExecutor(ServerCertificate::watcher);
    }

    /**
     * Reads the certificate and its key, and looks after them from now on. Blocks.
     *
     * @param options where they are
     * @return the certificate
     * @throws IOException if they cannot be used; the message is for the user
     */
    public static ServerCertificate open(TlsOptions options) throws IOException {
        ServerCertificate certificate = new ServerCertificate(options);
        certificate.startWatch();
        return certificate;
    }

    /**
     * Returns what makes a new connection one with TLS: the first handler of its pipeline.
     *
     * @return a handler for one connection
     */
    public ChannelHandler handler() {
        return new TlsEntry(context, options.handshakeTimeout());
    }

    /** Looks after the files no more. */
    @Override
    public void close() {
        watch.shutdown();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The task fails with nothing.
    private void startWatch() {
        long intervalMs = options.checkInterval().toMillis();
        watch.scheduleWithFixedDelay(this::look, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    }

    private static Thread watcher(Runnable task) {
        Thread thread = new Thread(task, "freshet-certificate");
        thread.setDaemon(true);
        return thread;
    }

    private void look() {
        FileStamps now = FileStamps.of(options);
        if (!now.equals(read)) {
            reload(now);
        }
    }

    /**
     * Whoever renews a certificate may be between its two files, or mend their rights later, which changes neither: so what
     * failed is tried again at each look.
     */
    private void reload(FileStamps now) {
        try {
            context = load(options);
            read = now;
            trouble = "";
            LOG.info("The certificate was read anew");
        } catch (IOException | RuntimeException e) {
            tell(String.valueOf(e.getMessage()));
        }
    }

    private void tell(String reason) {
        if (!reason.equals(trouble)) {
            trouble = reason;
            LOG.warn("The certificate stays as it was: {}", reason);
        }
    }

    private static SslContext load(TlsOptions options) throws IOException {
        Identity identity = Identity.read(options);
        warn(identity.chain().get(0), options);
        try {
            return SslContextBuilder.forServer(identity.key(), identity.chain())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException e) {
            throw new IOException(
                    "tls.certificate: " + options.certificate()
                            + " cannot be used (expected: a certificate for a server" + " and its key): "
                            + e.getCause(),
                    e);
        }
    }

    private static void warn(X509Certificate own, TlsOptions options) {
        Instant end = own.getNotAfter().toInstant();
        if (end.isBefore(Instant.now())) {
            LOG.warn("tls.certificate: {} ended on {}; clients will refuse it", options.certificate(), end);
        }
    }
}
