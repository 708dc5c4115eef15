package dev.freshet.hub.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.durable.DurableLog;
import dev.freshet.hub.testing.contract.AppendContract;
import dev.freshet.hub.testing.contract.CrowdContract;
import dev.freshet.hub.testing.contract.KeyContract;
import dev.freshet.hub.testing.contract.PublisherIdContract;
import dev.freshet.hub.testing.contract.QueueContract;
import dev.freshet.hub.testing.contract.StartedLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What every {@link EventLog} must do, all parts of it. A log's test extends it and says how to make one. */
public abstract class EventLogContract
        implements AppendContract, PublisherIdContract, KeyContract, QueueContract, CrowdContract {
    private final ManualClock clock = new ManualClock();
    private final List<EventLog> made = new ArrayList<>();

    /** Called by JUnit. */
    protected EventLogContract() {}

    /**
     * Makes an empty log that was not started.
     *
     * @param asked what it must be like
     * @return the log; it is closed after the test
     * @throws Exception if it cannot be made
     */
    protected abstract EventLog create(Asked asked) throws Exception;

    /**
     * What a log must be like.
     *
     * @param clock gives events their time
     * @param maxWaiting the most batches that may wait
     * @param maxWaitingBytes about the most bytes of them
     * @param maxKeys the most idempotency keys that are remembered
     * @param keyRetention how long an idempotency key is remembered
     */
    public record Asked(
            InstantSource clock, int maxWaiting, long maxWaitingBytes, int maxKeys, Duration keyRetention) {}

    @Override
    public final StartedLog started(Window window, Runnable bell) {
        EventLog log = create();
        made.add(log);
        return StartedLog.of(log, window, bell);
    }

    @Override
    public final void pass(Duration time) {
        clock.advance(time);
    }

    @Override
    public final long nowMs() {
        return clock.millis();
    }

    @AfterEach
    void closeLogs() {
        made.forEach(EventLogContract::close);
    }

    private static void close(EventLog log) {
        log.close();
        if (log instanceof DurableLog durable) {
            durable.closed().orTimeout(10, SECONDS).join();
        }
    }

    private EventLog create() {
        try {
            return create(new Asked(clock, MAX_WAITING, MAX_WAITING_BYTES, MAX_KEYS, KEY_RETENTION));
        } catch (Exception e) {
            throw new AssertionError("log: not made (expected: an empty one)", e);
        }
    }
}
