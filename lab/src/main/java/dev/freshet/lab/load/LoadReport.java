package dev.freshet.lab.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What came out, by name, in order; a JSON object in the end. Confined to the load's thread. */
final class LoadReport {
    static final double MIB = 1 << 20;

    private final Map<String, String> figures = new LinkedHashMap<>();
    private boolean failed;

    void put(String name, double value) {
        figures.put(name, text(value));
    }

    void put(String name, long value) {
        figures.put(name, Long.toString(value));
    }

    /** Marks the run as one in which something was wrong. */
    void failIf(boolean wrong) {
        failed |= wrong;
    }

    boolean isFailed() {
        return failed;
    }

    void connected(Subscribers subscribers, Load.Interval interval) {
        put("opened", subscribers.opened());
        put("refused", subscribers.refused());
        put("connect_s", interval.seconds());
        put("connects_per_s", subscribers.opened() / interval.seconds());
        put("connect_cpu_us", interval.cpuSeconds() * 1e6 / Math.max(subscribers.opened(), 1));
    }

    void memory(String when, long bytesBefore, long bytes, int connections) {
        put("pss_mb_" + when, bytes / MIB);
        put("pss_bytes_per_connection_" + when, (double) (bytes - bytesBefore) / Math.max(connections, 1));
    }

    void measured(Load.Interval interval, long deliveries, long requests, Shape shape) {
        double seconds = interval.seconds();
        put("seconds", seconds);
        put("publishes_per_s", requests / seconds);
        put("events_published_per_s", requests * shape.batch() / seconds);
        put("deliveries_per_s", deliveries / seconds);
        put("server_cpu_us_per_delivery", interval.cpuSeconds() * 1e6 / Math.max(deliveries, 1));
        put("server_cpu_us_per_publish", interval.cpuSeconds() * 1e6 / Math.max(requests, 1));
        put("server_cores", interval.cpuSeconds() / seconds);
        put("loader_cores", interval.ownCpuSeconds() / seconds);
    }

    void checked(Deliveries deliveries, long failedPublishes, int dropped) {
        put("delivered", deliveries.delivered());
        put("lost", deliveries.lost());
        put("doubled", deliveries.doubled());
        put("disordered", deliveries.disordered());
        put("undelivered", deliveries.owed());
        put("failed_publishes", failedPublishes);
        put("dropped", dropped);
        failIf(deliveries.lost() + deliveries.doubled() + deliveries.disordered() + deliveries.owed() > 0);
        failIf(failedPublishes + dropped > 0);
    }

    void latencies(String name, Histogram nanos) {
        figures.put(
                name,
                String.format(
                        Locale.ROOT,
                        "{\"p50\":%d,\"p90\":%d,\"p99\":%d,\"p99.9\":%d,\"max\":%d}",
                        nanos.getValueAtPercentile(50) / 1000,
                        nanos.getValueAtPercentile(90) / 1000,
                        nanos.getValueAtPercentile(99) / 1000,
                        nanos.getValueAtPercentile(99.9) / 1000,
                        nanos.getMaxValue() / 1000));
    }

    String json() {
        return figures.entrySet().stream()
                .map(figure -> "\"" + figure.getKey() + "\":" + figure.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String text(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.3f" : "%.0f", value);
    }
}
