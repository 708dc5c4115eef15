package dev.freshet.server;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;

import dev.freshet.hub.log.durable.TopicRule;
import dev.freshet.server.config.Setting;
import dev.freshet.server.config.SettingType;
import dev.freshet.server.guard.CorsPolicy;
import dev.freshet.server.guard.HostPolicy;
import dev.freshet.server.transport.SocketKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every setting of the server, in the order of the documentation. Immutable. */
final class ServerSettings {
    private static final List<Setting<?>> ALL = new ArrayList<>();

    static final Setting<String> HOST = add("http.host", SettingType.TEXT, "127.0.0.1", "The address to listen on.");
    static final Setting<Integer> PORT =
            add("http.port", SettingType.integer(0, 65_535), "8080", "The port to listen on; 0 takes a free one.");
    static final Setting<Boolean> INSECURE = add(
            "http.insecure",
            SettingType.BOOLEAN,
            "false",
            "Allows an address that other machines reach, although everybody there may then publish and read.");
    static final Setting<List<String>> HOSTS = add(
            "http.hosts",
            new SettingType<>(
                    "names without scheme and port, such as hub.example, with commas between them, or *",
                    true,
                    ServerSettings::hosts),
            "",
            "Names by which clients reach the hub, such as hub.example, or * for any name; localhost and IP addresses need"
                    + " not be named. On a loopback address a request for another host is refused with 421: it may come"
                    + " from a page whose name was pointed at this machine (DNS rebinding).");
    static final Setting<Integer> LOOPS = add(
            "http.loops",
            SettingType.integer(0, 1024),
            "0",
            "Event loops, each a thread that serves connections and is a lane of the hub; 0 takes one per core.");
    static final Setting<SocketKind> SOCKETS = add(
            "http.sockets",
            new SettingType<>("auto, raw, epoll or nio", ServerSettings::socketKind),
            "auto",
            "Which sockets are used; auto takes raw on Linux, else nio.");
    static final Setting<Integer> BACKLOG = add(
            "http.backlog",
            SettingType.integer(1, 65_535),
            "4096",
            "Connections that may wait to be accepted; the system may have a lower limit.");
    static final Setting<Integer> MAX_CONNECTIONS = add(
            "http.max-connections",
            SettingType.integer(1, 10_000_000),
            "100000",
            "Connections at once, streams included; further ones are answered with 503, or, with TLS, closed. With TLS the"
                    + " default is as many as half of the Java heap holds at 8 KiB each.");
    static final Setting<Long> MAX_HEAD = add(
            "http.head.max-bytes",
            size(256, 1 << 20),
            "16 KiB",
            "The longest request line, then 414, and the longest header section, then 431.");
    static final Setting<Duration> HEAD_TIMEOUT = add(
            "http.head.timeout",
            duration(ofMillis(1), ofHours(1)),
            "10s",
            "How long a request's head may take, then 408.");
    static final Setting<Long> MAX_BODY =
            add("http.body.max-bytes", size(1, 64 << 20), "1 MiB", "The largest body of one event, then 413.");
    static final Setting<Long> MAX_BATCH =
            add("http.body.max-batch-bytes", size(1, 256 << 20), "16 MiB", "The largest body of a batch, then 413.");
    static final Setting<Long> MAX_BODIES = add(
            "http.body.max-total-bytes",
            size(0, 1L << 40),
            "0",
            "The memory that all bodies under way may take together; further ones are answered with 503 and Retry-After. 0 takes a"
                    + " quarter of the Java heap.");
    static final Setting<Duration> BODY_TIMEOUT = add(
            "http.body.timeout",
            duration(ofMillis(1), ofHours(1)),
            "30s",
            "How long a request's body may take, then 408.");
    static final Setting<Duration> IDLE_TIMEOUT = add(
            "http.idle-timeout",
            duration(ofMillis(1), ofHours(24)),
            "75s",
            "How long a connection may stay open without a request; streams are never idle.");
    static final Setting<Duration> STOP_TIMEOUT = add(
            "http.stop-timeout",
            duration(ofMillis(0), ofHours(1)),
            "10s",
            "How long the server waits, when it is told to stop, for what is under way.");
    static final Setting<Optional<Path>> CERTIFICATE = add(
            "tls.certificate",
            SettingType.FILE,
            "",
            "A PEM file with the server's certificate and those that lead to its root; with it the hub speaks HTTPS alone. It and"
                    + " the key are read anew when they change.");
    static final Setting<Optional<Path>> KEY = add(
            "tls.key",
            SettingType.FILE,
            "",
            "A PEM file with the private key of that certificate, in PKCS #8 without a password.");
    static final Setting<Duration> HANDSHAKE_TIMEOUT = add(
            "tls.handshake-timeout", duration(ofMillis(1), ofHours(1)), "10s", "How long a TLS handshake may take.");
    static final Setting<CorsPolicy> ORIGINS = add(
            "cors.origins",
            new SettingType<>(
                    "scheme and host without a path, such as https://app.example, with commas between them, or *",
                    true,
                    text -> new CorsPolicy(SettingType.LIST.parse(text))),
            "",
            "Origins whose pages may use the hub, such as https://app.example, or * for all; empty for the hub's own page.");
    static final Setting<Duration> HEARTBEAT = add(
            "stream.heartbeat",
            duration(ofMillis(50), ofDays(1)),
            "15s",
            "Subscribers who were sent nothing for so long get a comment, which keeps proxies from closing the stream.");
    static final Setting<Duration> RETRY = add(
            "stream.retry",
            duration(ofMillis(0), ofDays(1)),
            "2s",
            "How long a client is asked to wait before it connects again.");
    static final Setting<Duration> RETRY_SPREAD = add(
            "stream.retry-spread",
            duration(ofMillis(0), ofDays(1)),
            "3s",
            "When the server stops, each client is asked to wait for up to so much longer, so that they do not all come at once.");
    static final Setting<Duration> REST = add(
            "stream.max-rest",
            duration(Duration.ZERO, Duration.ofSeconds(1)),
            "30ms",
            "After it has sent to so many subscribers that it took longer than 2 ms, a lane waits for as long as it took, at most so long, for more events to send together; 0 sends each event at once, which costs more.");
    static final Setting<Long> SEND_BUFFER = add(
            "stream.send-buffer",
            size(0, 64 << 20),
            "0",
            "The kernel's send buffer per connection; 0 leaves it to the system.");
    static final Setting<Long> MAX_UNSENT = add(
            "stream.max-unsent",
            size(0, 64 << 20),
            "32 KiB",
            "About how many bytes that its client has no room for the kernel keeps per connection, on Linux; 0 for as many as the"
                    + " send buffer holds, up to megabytes.");
    static final Setting<Duration> STALL_TIMEOUT = add(
            "stream.stall-timeout",
            duration(ofMillis(0), ofDays(1)),
            "2m",
            "A connection whose client takes no byte for so long, or has vanished, is cut, on Linux; 0 leaves it to the system.");
    static final Setting<Long> PORTION = add(
            "stream.portion",
            size(1, 16 << 20),
            "64 KiB",
            "About how many bytes a subscriber that has to catch up is sent at a time.");
    static final Setting<Boolean> TOPICS = add(
            "stream.topics",
            SettingType.BOOLEAN,
            "false",
            "Writes the topics of each event into it, in a field topic for each, which the client freshet for browsers uses"
                    + " to tell events apart and others skip; whoever reads an event then sees the names of all its topics.");
    static final Setting<Integer> WINDOW_EVENTS = add(
            "window.max-events",
            SettingType.integer(1, 1 << 28),
            "262144",
            "The newest events that are kept in memory; without a durable log they are the whole history.");
    static final Setting<Long> WINDOW_BYTES = add(
            "window.max-bytes",
            size(1 << 12, 1L << 40),
            "64 MiB",
            "The memory for these events, outside the Java heap; their topics may take as much again within it.");
    static final Setting<Optional<Path>> DATA = add(
            "log.data",
            SettingType.DIRECTORY,
            "",
            "A directory for the durable log, made if it is not there; without it, history lives in memory and ends with the"
                    + " process.");
    static final Setting<Duration> MAX_AGE = add(
            "log.retention.max-age",
            duration(ofMillis(0), ofDays(36_500)),
            "0s",
            "Events of the durable log that are older are removed from its file; 0 for no limit. The window serves what it"
                    + " holds, however old.");
    static final Setting<Integer> MAX_EVENTS = add(
            "log.retention.max-events",
            SettingType.integer(0, Integer.MAX_VALUE),
            "0",
            "The oldest events of the durable log are removed when there are more; 0 for no limit.");
    static final Setting<Long> MAX_BYTES = add(
            "log.retention.max-bytes",
            size(0, 1L << 50),
            "0",
            "The oldest events of the durable log are removed when its file has more in use; 0 for no limit.");
    static final Setting<List<TopicRule>> TOPIC_RULES = add(
            "log.retention.topics",
            new SettingType<>("rules such as orders/{id}=last 1, logs/{+path}=10m", true, RetentionSettings::rules),
            "",
            "Rules for some topics of the durable log, as selector=last N, selector=duration, or selector=last N duration;"
                    + " the first one that selects a topic counts.");
    static final Setting<Integer> MAX_READS = add(
            "log.max-reads",
            SettingType.integer(1, 1 << 24),
            "65536",
            "Reads of the durable log that may wait; a stream that needs a further one is answered with 503, or cut.");
    static final Setting<Integer> MAX_WAITING = add(
            "log.max-waiting",
            SettingType.integer(1, 1 << 20),
            "4096",
            "Publishes that may wait for the log; further ones are answered with 503 and Retry-After.");
    static final Setting<Long> MAX_WAITING_BYTES = add(
            "log.max-waiting-bytes",
            size(1, 1L << 40),
            "64 MiB",
            "About the most bytes of publishes that may wait for the log, for the same answer; a larger one may wait alone.");
    static final Setting<Integer> MAX_KEYS = add(
            "log.idempotency.max-keys",
            SettingType.integer(0, 10_000_000),
            "100000",
            "Idempotency keys that are remembered; beyond, the oldest is forgotten.");
    static final Setting<Duration> KEY_RETENTION = add(
            "log.idempotency.retention",
            duration(ofMillis(1), ofDays(365)),
            "10m",
            "How long an idempotency key is remembered.");

    private ServerSettings() {}

    static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    private static <T> Setting<T> add(String key, SettingType<T> type, String defaultText, String description) {
        Setting<T> setting = new Setting<>(key, type, defaultText, description);
        ALL.add(setting);
        return setting;
    }

    /** What becomes of them depends on the address as well; that they are names is known here. */
    private static List<String> hosts(String text) {
        List<String> names = SettingType.LIST.parse(text);
        HostPolicy.only(names);
        return names;
    }

    private static SocketKind socketKind(String word) {
        return Arrays.stream(SocketKind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word));
    }

    private static SettingType<Long> size(long min, long max) {
        return SettingType.size(min, max);
    }

    private static SettingType<Duration> duration(Duration min, Duration max) {
        return SettingType.duration(min, max);
    }
}
