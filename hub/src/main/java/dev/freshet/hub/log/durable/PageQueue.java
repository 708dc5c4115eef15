package dev.freshet.hub.log.durable;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages for many readers, a few at a time, so that what was read and not yet taken is bounded however many want
 * something. Confined to one thread, on which answers come back too.
 *
 * @param <R> who reads
 */
public final class PageQueue<R> {
    private final History history;
    private final Executor thread;
    private final Reader<R> reader;
    private final int maxAtOnce;
    private final Queue<R> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * Creates a queue.
     *
     * @param history what is read
     * @param thread runs tasks on the thread that owns the queue
     * @param maxAtOnce the most pages that are read at once
     * @param reader knows what is wanted, and takes it
     */
    public PageQueue(History history, Executor thread, int maxAtOnce, Reader<R> reader) {
        this.history = history;
        this.thread = thread;
        this.maxAtOnce = maxAtOnce;
        this.reader = reader;
    }

    /**
     * Knows what is wanted, and takes it. Called on the queue's thread.
     *
     * @param <R> who reads
     */
    public interface Reader<R> {
        /**
         * Says which page is wanted, when its turn has come.
         *
         * @param one who reads
         * @return the page, or empty if none is wanted any more
         */
        Optional<PageRequest> request(R one);

        /**
         * Takes a page.
         *
         * @param one who reads
         * @param page what was read
         */
        void onPage(R one, Page page);

        /**
         * The page could not be read.
         *
         * @param one who reads
         * @param failure why
         */
        void onFailure(R one, Throwable failure);
    }

    /**
     * Reads a page for somebody, in turn.
     *
     * @param one who reads; has no page under way
     */
    public void add(R one) {
        waiting.add(one);
        readNext();
    }

    private void readNext() {
        while (underWay < maxAtOnce && !waiting.isEmpty()) {
            R one = waiting.remove();
            reader.request(one).ifPresent(request -> read(one, request));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The last stage hands on what came; nothing waits for it.
    private void read(R one, PageRequest request) {
        CompletableFuture<Page> answer = history.read(request);
        underWay++;
        answer.whenComplete((page, failure) -> thread.execute(() -> onAnswer(one, page, failure)));
    }

    private void onAnswer(R one, Page page, @Nullable Throwable failure) {
        underWay--;
        readNext();
        if (failure == null) {
            reader.onPage(one, page);
        } else {
            reader.onFailure(one, failure);
        }
    }
}
