package dev.freshet.lab.bench;

import dev.freshet.lab.bench.figure.Figure;
import dev.freshet.lab.bench.figure.Outcome;
import dev.freshet.lab.peers.Peer.Ability;
import dev.freshet.lab.peers.RunningPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All rows, in the order of the table. */
final class Rows {
    /** The row whose floor tells how fast the machine is. */
    static final String CALIBRATION = "fanout";

    private static final String CPU_PER_DELIVERY = "server_cpu_us_per_delivery";
    private static final String DELIVERIES = "deliveries_per_s";
    private static final String P99 = "latency_us.p99";

    private Rows() {}

    static List<Row> all() {
        return List.of(
                fanout(),
                saturation(),
                idle(),
                publish(),
                batches(),
                topics(),
                stalled(),
                connecting(),
                resume(),
                start());
    }

    /** The floor's figure in the row of calibration that tells how fast the machine is. */
    static Figure calibration(Figure.Kind kind) {
        return kind == Figure.Kind.THROUGHPUT
                ? Figure.throughput("deliveries/s", DELIVERIES)
                : Figure.time("CPU per delivery, us", CPU_PER_DELIVERY);
    }

    private static Row fanout() {
        return load(
                CALIBRATION,
                "5,000 subscribers of one topic, closed loop",
                "--connections 5000 --window 4",
                Set.of(),
                true,
                calibration(Figure.Kind.TIME),
                calibration(Figure.Kind.THROUGHPUT));
    }

    private static Row saturation() {
        return load(
                "saturation",
                "10,000 subscribers of one topic, 2,000,000 deliveries/s asked",
                "--connections 10000 --rate 200",
                Set.of(),
                true,
                Figure.throughput("deliveries/s", DELIVERIES),
                Figure.time("latency p99, us", P99));
    }

    private static Row idle() {
        String command = "--connections 18000";
        return new Row(
                "idle",
                "18,000 connections on which nothing happens",
                command + " --idle S",
                Set.of(),
                true,
                List.of(
                        Figure.amount("PSS per connection, bytes", "pss_bytes_per_connection_after_idle"),
                        Figure.time("CPU with heartbeats, % of a core", "idle_cpu_percent"),
                        Figure.time("until all are open, s", "connect_s")),
                (peer, loaders, effort) -> loaders.usual()
                        .run(peer, options(command, "--idle " + effort.idle().toSeconds())));
    }

    private static Row publish() {
        return load(
                "publish",
                "one subscriber, one POST for each event on 32 connections",
                "--connections 1 --publishers 32 --unordered --window 100000",
                Set.of(),
                true,
                Figure.throughput("publishes/s", "publishes_per_s"),
                Figure.time("CPU per publish, us", "server_cpu_us_per_publish"));
    }

    private static Row batches() {
        String command = "--connections 1 --topics 4 --reads-all --batch 100 --window 10000";
        return new Row(
                "batches",
                "one subscriber that reads all, NDJSON batches of 100 on 4 connections",
                command,
                Set.of(Ability.BATCHES),
                false,
                List.of(Figure.throughput("events/s", DELIVERIES)),
                (peer, loaders, effort) -> loaders.own().run(peer, batchOptions(command, effort)));
    }

    private static List<String> batchOptions(String command, Effort effort) {
        List<String> options = new ArrayList<>(options(command, pace(effort)));
        options.addAll(List.of("--subscribe", "/events?topic=t0&topic=t1&topic=t2&topic=t3", "--publish", "/events"));
        options.addAll(List.of("--type", "application/x-ndjson", "--body", "{\"topic\":\"t{t}\",\"data\":\"{d}\"}"));
        return options;
    }

    private static Row topics() {
        return load(
                "topics",
                "5,000 subscribers with a topic each",
                "--connections 5000 --topics 5000 --publishers 32 --window 64",
                Set.of(Ability.TOPICS),
                false,
                Figure.throughput("publishes/s", "publishes_per_s"));
    }

    private static Row stalled() {
        String command = "--connections 2000 --rate 200";
        return new Row(
                "stalled",
                "200 of 2,000 readers never read",
                command + " --stall 200",
                Set.of(Ability.HISTORY),
                false,
                List.of(
                        Figure.amount("p99 of the others, as a multiple of that without stalled ones", "p99_ratio"),
                        Figure.time("p99 of the others, us", P99),
                        Figure.amount("memory grown, MB", "pss_mb_grown")),
                (peer, loaders, effort) -> stalledCourse(peer, loaders.usual(), command, effort));
    }

    private static Outcome stalledCourse(RunningPeer peer, Loader loader, String command, Effort effort)
            throws IOException {
        Outcome without = loader.run(peer, options(command, pace(effort)));
        Outcome with = loader.run(peer, options(command, "--stall 200", pace(effort)));
        Map<String, Double> figures = new LinkedHashMap<>(with.figures());
        figures.put("p99_ratio", with.figure(P99) / without.figure(P99));
        figures.put("pss_mb_grown", with.figure("pss_mb_end") - with.figure("pss_mb_connected"));
        return new Outcome(figures, with.trouble());
    }

    private static Row connecting() {
        String probe = "--connections 100 --rate 5 --warmup 1 --seconds 5";
        String rush = "--connections 17900 --idle 3 --settle 0";
        return new Row(
                "connecting",
                "events to all, as 100 subscribers see them while 17,900 more connect",
                probe + " beside " + rush,
                Set.of(Ability.HISTORY),
                true,
                List.of(
                        Figure.time("latency of the 100, p50, us", "latency_us.p50"),
                        Figure.time("latency of the 100, p99, us", P99),
                        Figure.time("s to open 17,900", "rush_s")),
                (peer, loaders, effort) -> connectingCourse(peer, loaders, options(probe), options(rush)));
    }

    /** The measuring process has few connections of its own, or it would measure how it opens them. */
    private static Outcome connectingCourse(RunningPeer peer, Loaders loaders, List<String> probe, List<String> rush)
            throws IOException {
        Loader.Run probing = loaders.own().start("probe", peer, probe);
        Outcome rushed = loaders.usual().run(peer, rush);
        Outcome probed = probing.outcome();
        Map<String, Double> figures = new LinkedHashMap<>(probed.figures());
        figures.put("rush_s", rushed.figure("connect_s"));
        return new Outcome(figures, probed.trouble().or(rushed::trouble));
    }

    private static Row resume() {
        String command = "--connections 10000 --replay 100";
        return new Row(
                "resume",
                "10,000 subscribers come back and each gets the last 100 events",
                command + " --last-id ID",
                Set.of(Ability.HISTORY),
                false,
                List.of(
                        Figure.throughput("events/s", "events_per_s"),
                        Figure.time("CPU per event, us", "cpu_us_per_event")),
                (peer, loaders, effort) -> {
                    String id = History.publish(peer, 100);
                    return loaders.usual().run(peer, options(command, "--last-id " + id));
                });
    }

    private static Row start() {
        return new Row(
                "start",
                "from the start of the process to its first answer",
                "",
                Set.of(),
                false,
                List.of(Figure.time("ms", "ready_ms")),
                (peer, loaders, effort) ->
                        Outcome.of(Map.of("ready_ms", peer.untilReady().toNanos() / 1e6)));
    }

    private static Row load(
            String name, String title, String command, Set<Ability> needs, boolean withFloor, Figure... figures) {
        return new Row(
                name,
                title,
                command,
                needs,
                withFloor,
                List.of(figures),
                (peer, loaders, effort) -> loaders.usual().run(peer, options(command, pace(effort))));
    }

    private static String pace(Effort effort) {
        return "--warmup " + seconds(effort.warmup()) + " --seconds " + seconds(effort.measure());
    }

    private static long seconds(Duration duration) {
        return duration.toSeconds();
    }

    private static List<String> options(String... parts) {
        return List.of((String.join(" ", parts) + " --timeout 15").split(" +"));
    }
}
