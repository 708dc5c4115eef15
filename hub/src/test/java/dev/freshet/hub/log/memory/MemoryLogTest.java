package dev.freshet.hub.log.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.EventLogContract;
import dev.freshet.hub.testing.ManualClock;
import dev.freshet.hub.testing.RecordingObserver;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class MemoryLogTest extends EventLogContract {
    @Override
    protected EventLog create(Asked asked) {
        MemoryLogOptions options = new MemoryLogOptions(
                asked.maxWaiting(), asked.maxWaitingBytes(), asked.maxKeys(), asked.keyRetention());
        return new MemoryLog(EPOCH, options, asked.clock(), HubObserver.NONE);
    }

    @Test
    void answersAtOnceWhenNobodyElseAppends() {
        MemoryLog log = log(HubObserver.NONE, MemoryLogOptions.DEFAULT, () -> {});

        assertThat(log.append(event("a"))).isCompleted();
    }

    @Test
    void tellsWhatItAppendedAndRefused() {
        RecordingObserver observer = new RecordingObserver();
        List<Boolean> refused = new ArrayList<>();
        MemoryLog[] log = new MemoryLog[1];
        log[0] = log(
                observer,
                new MemoryLogOptions(1, 1000, 1, Duration.ofMinutes(1)),
                () -> refused.add(log[0].append(event("while writing")).isCompletedExceptionally()));

        log[0].append(event("a"));

        assertThat(refused).containsExactly(true);
        assertThat(observer.queueFull()).isEqualTo(1);
        assertThat(observer.appended()).isEqualTo(1);
        assertThat(observer.failures()).isEmpty();
    }

    /** Whoever writes for all others has work of its own. */
    @Test
    void handsTheRestToAnotherThreadAfterManyBatchesInARow() {
        List<Runnable> elsewhere = new ArrayList<>();
        int[] written = {0};
        MemoryLog log =
                new MemoryLog(EPOCH, MemoryLogOptions.DEFAULT, new ManualClock(), HubObserver.NONE, elsewhere::add);
        log.start(new Window(WindowLimits.DEFAULT, EventEncoding.PLAIN), () -> {
            if (++written[0] < 1000) {
                log.append(event("while writing"));
            }
        });

        log.append(event("a"));

        assertThat(written[0]).isEqualTo(MemoryLog.MAX_IN_A_ROW);
        while (!elsewhere.isEmpty()) {
            elsewhere.remove(0).run();
        }
        assertThat(written[0]).isEqualTo(1000);
        assertThat(log.append(event("after all others"))).isCompleted();
    }

    /** A process that may have no more threads: the writer keeps its role, and what was kept of the hand-over does nothing. */
    @Test
    void goesOnByItselfWhenNoOtherThreadCanBeHad() {
        List<Runnable> kept = new ArrayList<>();
        RecordingObserver observer = new RecordingObserver();
        int[] written = {0};
        MemoryLog log = new MemoryLog(EPOCH, MemoryLogOptions.DEFAULT, new ManualClock(), observer, task -> {
            kept.add(task);
            throw new RejectedExecutionException("no thread");
        });
        log.start(new Window(WindowLimits.DEFAULT, EventEncoding.PLAIN), () -> {
            if (++written[0] < 1000) {
                log.append(event("while writing"));
            }
        });

        assertThat(log.append(event("a"))).isCompleted();
        assertThat(written[0]).isEqualTo(1000);
        assertThat(observer.failures()).hasSize(3);
        kept.forEach(Runnable::run);
        assertThat(log.append(event("after all others"))).isCompleted();
    }

    @Test
    void countsTheBytesOfTheEncodedEvents() {
        List<Long> sizes = new ArrayList<>();
        MemoryLog log = log(
                new HubObserver() {
                    @Override
                    public void onAppended(int events, long sizeBytes) {
                        sizes.add(sizeBytes);
                    }
                },
                MemoryLogOptions.DEFAULT,
                () -> {});

        log.append(event("a"));

        assertThat(sizes).containsExactly((long) "id: k7f2-1\ndata: a\n\n".length());
    }

    @Test
    void goesOnAfterAFailureOfItsBell() {
        boolean[] isBroken = {true};
        RecordingObserver observer = new RecordingObserver();
        MemoryLog log = log(observer, MemoryLogOptions.DEFAULT, () -> {
            if (isBroken[0]) {
                throw new IllegalStateException("broken");
            }
        });
        log.append(event("a"));
        isBroken[0] = false;

        assertThat(log.append(event("b")).join().ids()).containsExactly("k7f2-2");
        assertThat(observer.failures()).singleElement().asString().contains("broken");
    }

    @Test
    void acceptsNoOptionsThatCannotWork() {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> new MemoryLogOptions(0, 1, 1, minute)).hasMessageContaining("maxWaiting: 0");
        assertThatThrownBy(() -> new MemoryLogOptions(1, 0, 1, minute)).hasMessageContaining("maxWaitingBytes: 0");
        assertThatThrownBy(() -> new MemoryLogOptions(1, 1, -1, minute)).hasMessageContaining("maxKeys: -1");
        assertThatThrownBy(() -> new MemoryLogOptions(1, 1, 1, minute.negated()))
                .hasMessageContaining("keyRetention");
        assertThatThrownBy(() -> new MemoryLogOptions(1, 1, 1, Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessageContaining("keyRetention");
    }

    private static MemoryLog log(HubObserver observer, MemoryLogOptions options, Runnable bell) {
        MemoryLog log = new MemoryLog(EPOCH, options, new ManualClock(), observer);
        log.start(new Window(WindowLimits.DEFAULT, EventEncoding.PLAIN), bell);
        return log;
    }

    private static Batch event(String data) {
        return Batch.of(Publication.of(new Topic("t"), ServerSentEvent.of(data)));
    }
}
