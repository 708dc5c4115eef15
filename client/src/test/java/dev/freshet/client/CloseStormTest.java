package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many streams that are closed at whatever moment: while they connect, are answered, are sent events, or wait. */
class CloseStormTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int THREADS = 4;
    private static final int STREAMS = 200;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final long seed = Long.getLong("seed", System.nanoTime());

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void nothingIsLeftAndOthersGoOn() throws Exception {
        System.out.println("seed: " + seed);
        Answer talkative = Answer.stream().send("data: a\n\n".repeat(50)).end();
        Answer hidden = Answer.redirect(302, "/elsewhere");
        try (ScriptedEventServer storm = ScriptedEventServer.start(
                        hidden, talkative, Answer.hangUp(), hidden, Answer.silence(), talkative);
                ScriptedEventServer calm = ScriptedEventServer.start(
                        Answer.stream().send("data: a\n\n").end())) {
            Told other = new Told();
            try (EventSource unharmed = EventSource.open(Quick.options(calm), other)) {
                AtomicInteger late = runStorm(storm);
                int before = other.data().size();
                other.until(told -> told.data().size() > before + 2);

                assertThat(unharmed.readyState()).isNotEqualTo(EventSource.ReadyState.CLOSED);
                await().atMost(SOON).until(() -> storm.open() == 0);
                assertThat(late).as("calls after a close within the loop").hasValue(0);
            }
        }
    }

    private AtomicInteger runStorm(ScriptedEventServer server) throws InterruptedException, ExecutionException {
        AtomicInteger late = new AtomicInteger();
        List<Future<?>> storms = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            storms.add(threads.submit(() -> openAndClose(server, random, late)));
        }
        for (Future<?> storm : storms) {
            storm.get();
        }
        return late;
    }

    private static void openAndClose(ScriptedEventServer server, SplittableRandom random, AtomicInteger late) {
        List<EventSource> open = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            open.add(EventSource.open(Quick.options(server), new ClosesItself(random.nextInt(100), late)));
            if (random.nextInt(3) == 0) {
                open.remove(random.nextInt(open.size())).close();
            }
        }
        open.forEach(EventSource::close);
    }

    /** Says so if it is called after it threw, which closes the stream on its own loop. */
    private static final class ClosesItself implements EventHandler {
        private final AtomicInteger late;
        private int left;
        private boolean isOver;

        ClosesItself(int events, AtomicInteger late) {
            this.left = events;
            this.late = late;
        }

        @Override
        public void onMessage(StreamEvent.Message message) {
            if (isOver) {
                late.incrementAndGet();
            }
            if (left-- == 0) {
                isOver = true;
                throw new IllegalStateException("enough");
            }
        }
    }
}
