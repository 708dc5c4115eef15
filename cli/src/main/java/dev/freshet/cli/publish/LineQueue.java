package dev.freshet.cli.publish;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lines that were read and not yet sent: whoever sends takes them all at once, and whoever reads waits while there are
 * too many. Thread-safe.
 */
final class LineQueue {
    private final int maxLines;
    private final long maxChars;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<String> lines = new ArrayList<>();
    private long chars;
    private boolean ended;
    private @Nullable IOException failure;

    LineQueue(int maxLines, long maxChars) {
        this.maxLines = maxLines;
        this.maxChars = maxChars;
    }

    /** Waits for room; one line has room always. */
    void put(String line) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isFullFor(line)) {
                changed.await();
            }
            lines.add(line);
            chars += line.length();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No line follows. Without effect after the end. */
    void end() {
        endWith(null);
    }

    /** No line follows, since they could not be read. */
    void fail(IOException cause) {
        endWith(cause);
    }

    /**
     * Waits for lines and takes all there are; empty at the end.
     *
     * @throws IOException if the lines could not be read to their end, after all before were taken
     */
    List<String> take() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (lines.isEmpty() && !ended) {
                changed.await();
            }
            if (lines.isEmpty() && failure != null) {
                throw failure;
            }
            return takeAll();
        } finally {
            lock.unlock();
        }
    }

    private List<String> takeAll() {
        List<String> taken = lines;
        lines = new ArrayList<>();
        chars = 0;
        changed.signalAll();
        return taken;
    }

    private void endWith(@Nullable IOException cause) {
        lock.lock();
        try {
            failure = ended ? failure : cause;
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFullFor(String line) {
        return !lines.isEmpty() && (lines.size() >= maxLines || chars + line.length() > maxChars);
    }
}
