package dev.freshet.hub.testing.contract;

import static dev.freshet.hub.testing.contract.Batches.event;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;

/** A bell that holds the log's writer, so that what is appended meanwhile has to wait. */
final class HeldWriter implements Runnable {
    private final CountDownLatch isWriting = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Thread writer = new Thread(() -> {});

    /** Appends an event on a thread of its own, which writes it and then waits. */
    void hold(StartedLog log) throws InterruptedException {
        writer = new Thread(() -> log.log().append(event("t", "first")));
        writer.start();
        assertThat(isWriting.await(10, SECONDS)).isTrue();
    }

    void letGoOn() throws InterruptedException {
        goOn.countDown();
        writer.join(10_000);
    }

    @Override
    public void run() {
        isWriting.countDown();
        try {
            assertThat(goOn.await(10, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
