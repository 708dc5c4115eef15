package dev.freshet.server;

import dev.freshet.hub.HubConfig;
import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.log.durable.DurableLogOptions;
import dev.freshet.hub.log.memory.MemoryLogOptions;
import dev.freshet.server.config.ConfigurationException;
import dev.freshet.server.config.Setting;
import dev.freshet.server.config.Settings;
import dev.freshet.server.guard.CorsPolicy;
import dev.freshet.server.guard.HostPolicy;
import dev.freshet.server.transport.SocketOptions;
import dev.freshet.server.transport.TransportOptions;
import dev.freshet.server.transport.loop.HttpLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that can be chosen about a server: one record per feature. Immutable.
 *
 * @param transport where it listens, and what a client may cost
 * @param hub window, heartbeats and the other limits of the engine
 * @param log limits of the log in memory
 * @param durable where the log lies, if it outlives the process
 * @param hosts by which names it may be reached
 * @param cors which origins may use it
 * @param bodies how large requests may be
 * @param stopping how it ends
 */
public record ServerConfig(
        TransportOptions transport,
        HubConfig hub,
        MemoryLogOptions log,
        Optional<DurableLogOptions> durable,
        HostPolicy hosts,
        CorsPolicy cors,
        BodyLimits bodies,
        Stopping stopping) {
    private static final int LARGEST_SEGMENT_BYTES = 1 << 20;
    private static final int SEGMENTS = 8;

    /**
     * How large the bodies of requests may be.
     *
     * @param maxBodyBytes of one event
     * @param maxBatchBytes of a batch
     */
    public record BodyLimits(long maxBodyBytes, long maxBatchBytes) {}

    /**
     * How a server ends.
     *
     * @param timeout how long it waits for what is under way
     * @param retrySpread clients are asked to wait for up to so much longer than usual
     */
    public record Stopping(Duration timeout, Duration retrySpread) {}

    /**
     * Reads the configuration.
     *
     * @param file a YAML file; stronger than the defaults
     * @param environment the environment; stronger than the file
     * @param flags keys and values of the command line; stronger than the environment
     * @return the configuration
     * @throws ConfigurationException if something is wrong with it; the message is for the user
     */
    public static ServerConfig load(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        Settings settings = Settings.load(ServerSettings.all(), file, environment, flags);
        try {
            return of(settings);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns every setting there is, with its default and what it is for.
     *
     * @return the settings, in the order of the documentation
     */
    public static List<Setting<?>> settings() {
        return ServerSettings.all();
    }

    /**
     * Returns where the log lies.
     *
     * @return its directory; empty if it lives in memory and ends with the process
     */
    public Optional<Path> logDirectory() {
        return durable.map(DurableLogOptions::directory);
    }

    private static ServerConfig of(Settings settings) {
        return new ServerConfig(
                transport(settings),
                new HubConfig(window(settings), lanes(settings), encoding(settings)),
                new MemoryLogOptions(
                        settings.get(ServerSettings.MAX_WAITING),
                        settings.get(ServerSettings.MAX_WAITING_BYTES),
                        settings.get(ServerSettings.MAX_KEYS),
                        settings.get(ServerSettings.KEY_RETENTION)),
                durable(settings),
                hosts(settings),
                settings.get(ServerSettings.ORIGINS),
                new BodyLimits(settings.get(ServerSettings.MAX_BODY), settings.get(ServerSettings.MAX_BATCH)),
                new Stopping(settings.get(ServerSettings.STOP_TIMEOUT), settings.get(ServerSettings.RETRY_SPREAD)));
    }

    private static Optional<DurableLogOptions> durable(Settings settings) {
        Optional<Path> directory = settings.get(ServerSettings.DATA);
        if (directory.isEmpty()) {
            RetentionSettings.requireNone(settings);
        }
        return directory.map(path -> durable(path, settings));
    }

    private static DurableLogOptions durable(Path directory, Settings settings) {
        return new DurableLogOptions(
                directory,
                settings.get(ServerSettings.MAX_WAITING),
                settings.get(ServerSettings.MAX_WAITING_BYTES),
                settings.get(ServerSettings.MAX_READS),
                new DurableLogOptions.Keys(
                        settings.get(ServerSettings.MAX_KEYS), settings.get(ServerSettings.KEY_RETENTION)),
                RetentionSettings.read(settings));
    }

    private static TransportOptions transport(Settings settings) {
        String host = settings.get(ServerSettings.HOST);
        requireLoopback(host, settings.get(ServerSettings.INSECURE));
        int loops = settings.get(ServerSettings.LOOPS);
        return new TransportOptions(
                host,
                settings.get(ServerSettings.PORT),
                loops == 0 ? Runtime.getRuntime().availableProcessors() : loops,
                limits(settings),
                sockets(settings),
                TlsSettings.read(settings));
    }

    /** Who listens for this machine alone trusts what comes from it; so what a foreign name brought must not pass for that. */
    private static HostPolicy hosts(Settings settings) {
        String own = settings.get(ServerSettings.HOST);
        List<String> names = settings.get(ServerSettings.HOSTS);
        boolean isChecked = isLoopback(own) || !names.isEmpty();
        return isChecked ? HostPolicy.only(names).and(own) : HostPolicy.ANY;
    }

    private static HttpLimits limits(Settings settings) {
        return new HttpLimits(
                settings.get(ServerSettings.MAX_HEAD).intValue(),
                TlsSettings.connections(settings),
                bodies(settings.get(ServerSettings.MAX_BODIES)),
                settings.get(ServerSettings.HEAD_TIMEOUT),
                settings.get(ServerSettings.BODY_TIMEOUT),
                settings.get(ServerSettings.IDLE_TIMEOUT),
                HttpLimits.DEFAULTS.lingerTimeout());
    }

    private static long bodies(long maxBytes) {
        return maxBytes == 0 ? HttpLimits.DEFAULTS.bodiesBytes() : maxBytes;
    }

    private static SocketOptions sockets(Settings settings) {
        return new SocketOptions(
                settings.get(ServerSettings.SOCKETS),
                settings.get(ServerSettings.BACKLOG),
                settings.get(ServerSettings.SEND_BUFFER).intValue(),
                settings.get(ServerSettings.MAX_UNSENT).intValue(),
                true,
                settings.get(ServerSettings.STALL_TIMEOUT));
    }

    /** Memory is given up by the segment, so a small window has small ones. */
    private static WindowLimits window(Settings settings) {
        long maxBytes = settings.get(ServerSettings.WINDOW_BYTES);
        int segmentBytes = (int) Math.min(LARGEST_SEGMENT_BYTES, maxBytes / SEGMENTS);
        return new WindowLimits(settings.get(ServerSettings.WINDOW_EVENTS), maxBytes, segmentBytes);
    }

    private static EventEncoding encoding(Settings settings) {
        return settings.get(ServerSettings.TOPICS) ? EventEncoding.WITH_TOPICS : EventEncoding.PLAIN;
    }

    private static LaneOptions lanes(Settings settings) {
        return new LaneOptions(
                settings.get(ServerSettings.HEARTBEAT),
                settings.get(ServerSettings.RETRY),
                LaneOptions.DEFAULT.slice(),
                settings.get(ServerSettings.REST),
                LaneOptions.DEFAULT.maxSweepBytes(),
                settings.get(ServerSettings.PORTION).intValue());
    }

    /** Without rights, whoever reaches the hub may do everything. */
    private static void requireLoopback(String host, boolean isInsecure) {
        if (!isInsecure && !isLoopback(host)) {
            throw new ConfigurationException("http.host: " + host
                    + " can be reached from other machines, and everybody there could publish and read"
                    + " (expected: a loopback address such as 127.0.0.1, or --insecure if that is what you want)");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            throw new ConfigurationException("http.host: " + host + " (expected: an address of this machine)");
        }
    }
}
