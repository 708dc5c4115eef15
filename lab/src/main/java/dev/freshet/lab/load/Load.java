package dev.freshet.lab.load;

import dev.freshet.lab.load.wire.Sockets;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The course of a load. Confined to the thread that runs it.
 *
 * <pre>
 *   connect -> settle -> warm up -> measure -> drain
 *                     -> idle
 *           -> replay
 * </pre>
 */
final class Load implements AutoCloseable {
    private static final int IDLE_WAIT_MS = 10;

    private final LoadPlan plan;
    private final Sockets sockets;
    private final Deliveries deliveries;
    private final Subscribers subscribers;
    private final Publishers publishers;
    private final ServerCost server;
    private final LoadReport report = new LoadReport();

    Load(LoadPlan plan) throws IOException {
        this.plan = plan;
        this.sockets = new Sockets();
        this.deliveries = new Deliveries(!plan.shape().unordered());
        this.subscribers = new Subscribers(plan.target(), plan.shape(), sockets, deliveries);
        this.publishers = new Publishers(plan.target(), plan.shape(), sockets, deliveries);
        this.server = new ServerCost(plan.target().pids());
    }

    /** Runs the load to its end. */
    LoadReport run() throws IOException {
        if (plan.kind() instanceof LoadPlan.Replay replay) {
            replay(replay.events());
            return report;
        }
        long pssBefore = server.pssBytes();
        connect();
        turnFor(plan.times().settle());
        report.memory("connected", pssBefore, server.pssBytes(), subscribers.opened());
        if (plan.kind() instanceof LoadPlan.Idle idle) {
            idle(idle.hold(), pssBefore);
        } else {
            deliver();
        }
        return report;
    }

    @Override
    public void close() throws IOException {
        sockets.close();
    }

    private void connect() throws IOException {
        Interval interval = new Interval();
        long deadline = deadline(plan.times().connect());
        while (subscribers.isConnecting() && System.nanoTime() < deadline) {
            subscribers.openMore();
            sockets.turn(IDLE_WAIT_MS);
        }
        interval.end();
        report.connected(subscribers, interval);
    }

    private void idle(Duration hold, long pssBefore) throws IOException {
        Interval interval = new Interval();
        turnFor(hold);
        interval.end();
        report.put("idle_s", interval.seconds());
        report.put("idle_cpu_percent", 100 * interval.cpuSeconds() / interval.seconds());
        report.memory("after_idle", pssBefore, server.pssBytes(), subscribers.opened());
        report.put("dropped", subscribers.dropped());
        report.failIf(subscribers.opened() != plan.shape().connections() || subscribers.dropped() > 0);
    }

    private void replay(int events) throws IOException {
        Interval interval = new Interval();
        connect();
        int all = plan.shape().connections();
        turnUntil(
                () -> subscribers.receivedAtLeast(events) == all,
                deadline(plan.times().connect()));
        interval.end();
        long received = subscribers.received();
        report.put("replayed_fully", subscribers.receivedAtLeast(events));
        report.put("events", received);
        report.put("seconds", interval.seconds());
        report.put("events_per_s", received / interval.seconds());
        report.put("cpu_us_per_event", interval.cpuSeconds() * 1e6 / Math.max(received, 1));
        report.put("lost", deliveries.lost());
        report.failIf(subscribers.receivedAtLeast(events) != all || deliveries.lost() > 0);
    }

    private void deliver() throws IOException {
        Publishers.Budget budget = plan.pace().isClosedLoop()
                ? new ClosedLoop(deliveries, plan.shape(), plan.pace().window())
                : new OpenLoop(plan.pace().perSecond());
        publishFor(plan.times().warmup(), budget);
        long deliveredBefore = deliveries.delivered();
        long requestsBefore = publishers.requests();
        Interval interval = new Interval();
        deliveries.countFrom(System.nanoTime());
        publishFor(plan.times().measure(), budget);
        interval.end();
        report.measured(
                interval,
                deliveries.delivered() - deliveredBefore,
                publishers.requests() - requestsBefore,
                plan.shape());
        turnUntil(() -> deliveries.owed() == 0, deadline(plan.times().drain()));
        report.latencies("latency_us", deliveries.latencies());
        report.checked(deliveries, publishers.failed(), subscribers.dropped());
        report.put("pss_mb_end", server.pssBytes() / LoadReport.MIB);
        report.failIf(subscribers.opened() != plan.shape().connections());
    }

    private void publishFor(Duration time, Publishers.Budget budget) throws IOException {
        int waitMs = plan.pace().isClosedLoop() ? IDLE_WAIT_MS : 1;
        long end = deadline(time);
        while (System.nanoTime() < end) {
            publishers.publish(budget);
            sockets.turn(waitMs);
        }
    }

    private void turnFor(Duration time) throws IOException {
        turnUntil(() -> false, deadline(time));
    }

    private void turnUntil(BooleanSupplier done, long deadline) throws IOException {
        while (System.nanoTime() < deadline && !done.getAsBoolean()) {
            sockets.turn(IDLE_WAIT_MS);
        }
    }

    private static long deadline(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    /** A stretch of time, and the processor time of the server and of this process in it. */
    final class Interval {
        private long nanos = -System.nanoTime();
        private long serverNanos = -server.cpuNanos();
        private long ownNanos = -ServerCost.ownCpuNanos();

        private void end() {
            nanos += System.nanoTime();
            serverNanos += server.cpuNanos();
            ownNanos += ServerCost.ownCpuNanos();
        }

        double seconds() {
            return nanos / 1e9;
        }

        double cpuSeconds() {
            return serverNanos / 1e9;
        }

        double ownCpuSeconds() {
            return ownNanos / 1e9;
        }
    }
}
