package dev.freshet.server.transport.tls;

import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    /** The watching thread's own. */
    private FileStamps seen;

    private ServerCertificate(TlsOptions options) throws IOException {
        this.options = options;
        this.seen = FileStamps.of(options);
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
        watch.shutdownNow();
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

    /** Whoever renews a certificate may be between its two files: then the next look finds both. */
    private void look() {
        try {
            FileStamps now = FileStamps.of(options);
            if (!now.equals(seen)) {
                seen = now;
                context = load(options);
                LOG.info("The certificate was read anew");
            }
        } catch (IOException e) {
            LOG.warn("The certificate stays as it was: {}", e.getMessage());
        }
    }

    private static SslContext load(TlsOptions options) throws IOException {
        Identity identity = Identity.read(options);
        Instant end = identity.chain().get(0).getNotAfter().toInstant();
        if (end.isBefore(Instant.now())) {
            LOG.warn("tls.certificate: {} ended on {}; clients will refuse it", options.certificate(), end);
        }
        return SslContextBuilder.forServer(identity.key(), identity.chain())
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
    }
}
