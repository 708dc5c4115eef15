package dev.freshet.hub.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.durable.DurableLog;
import dev.freshet.hub.log.durable.EventFilter;
import dev.freshet.hub.log.durable.History;
import dev.freshet.hub.log.durable.Page;
import dev.freshet.hub.log.durable.PageRequest;
import dev.freshet.hub.testing.ForwardingLog;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** A log whose history answers when the test says so. Confined to the test's thread. */
final class HeldHistory extends ForwardingLog implements DurableLog, History {
    private final Queue<Read> reads = new ArrayDeque<>();
    private boolean throwsWhenRead;
    private long earliest = 1;
    private long thinnedUpTo;

    HeldHistory(EventLog log) {
        super(log);
    }

    /** A page that somebody waits for. */
    private record Read(PageRequest request, CompletableFuture<Page> answer) {}

    int waiting() {
        return reads.size();
    }

    /** Answers the oldest read: nothing was found up to an offset. */
    void findNothingUpTo(long next) {
        Read read = reads.remove();
        read.answer().complete(new Page.Builder(read.request().framing()).build(next));
    }

    /** Answers the oldest read with the event at an offset. */
    void find(long offset, String event) {
        Read read = reads.remove();
        Page.Builder page = new Page.Builder(read.request().framing());
        page.add(offset, event.getBytes(UTF_8));
        read.answer().complete(page.build(offset + 1));
    }

    /** Fails every read that waits. */
    void failReads() {
        reads.forEach(read -> read.answer().completeExceptionally(new IllegalStateException("unreadable")));
        reads.clear();
    }

    /** Breaks the promise to fail by the answer alone. */
    void throwWhenRead(boolean is) {
        throwsWhenRead = is;
    }

    /** The log removes its oldest events. */
    void removeBefore(long offset) {
        earliest = offset;
    }

    /** A rule removes some events that everybody may want. */
    void thinUpTo(long offset) {
        thinnedUpTo = offset;
    }

    @Override
    public CompletableFuture<Page> read(PageRequest request) {
        if (throwsWhenRead) {
            throw new IllegalStateException("broken");
        }
        Read read = new Read(request, new CompletableFuture<>());
        reads.add(read);
        return read.answer();
    }

    @Override
    public long earliest() {
        return earliest;
    }

    @Override
    public long thinnedUpTo(EventFilter filter) {
        return thinnedUpTo;
    }

    @Override
    public CompletableFuture<Long> firstOffsetSince(long timeMs) {
        return CompletableFuture.completedFuture(1L);
    }

    @Override
    public CompletableFuture<Long> firstOfLast(int count, long before, EventFilter filter) {
        return firstOffsetSince(0);
    }

    @Override
    public History history() {
        return this;
    }

    @Override
    public CompletableFuture<Void> closed() {
        return CompletableFuture.completedFuture(null);
    }
}
