package dev.freshet.log.sqlite;

import dev.freshet.hub.observe.HubObserver;
import dev.freshet.log.sqlite.file.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves the write-ahead log into the file, once a second or when it has grown much, on a thread of its own, so that no commit
 * has to wait for that.
 *
 * <p>The writer goes on meanwhile, and what it adds keeps the write-ahead log from beginning anew. Where it has become long,
 * the rest of it is therefore moved while the writer waits; that is little, since most was moved before.
 */
final class Checkpoints {
    private static final long BYTES_BETWEEN = 4 << 20;
    private static final int MAX_PAGES_OF_LOG = 8192;
    private static final long LOOK_AROUND_MS = 1000;

    private final Database database;
    private final HubObserver observer;
    private final ReentrantLock writing = new ReentrantLock();
    private final Semaphore wanted = new Semaphore(0);
    private final AtomicLong writtenBytes = new AtomicLong();
    private final Thread thread = new Thread(this::run, "freshet-log-checkpoint");
    private final CountDownLatch closing = new CountDownLatch(1);

    Checkpoints(Database database, HubObserver observer) {
        this.database = database;
        this.observer = observer;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Called by the writer before it begins a transaction. */
    void lock() {
        writing.lock();
    }

    /** Called by the writer after a transaction. */
    void unlock() {
        writing.unlock();
    }

    /** Called by the writer after it has written. */
    void onWritten(long sizeBytes) {
        if (writtenBytes.addAndGet(sizeBytes) >= BYTES_BETWEEN && wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    /** Blocks until the thread has ended. */
    void close() throws InterruptedException {
        closing.countDown();
        wanted.release();
        thread.join();
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void run() {
        while (!isClosing()) {
            try {
                moveUntilClosed();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void moveUntilClosed() throws InterruptedException {
        try (Connection connection = database.openForUpkeep()) {
            moveWhenWanted(connection);
        } catch (SQLException | RuntimeException e) {
            onFailure(e);
        }
    }

    private void moveWhenWanted(Connection connection) throws SQLException, InterruptedException {
        try (Statement statement = connection.createStatement()) {
            while (!isClosing()) {
                boolean isMuch = wanted.tryAcquire(LOOK_AROUND_MS, TimeUnit.MILLISECONDS);
                if (writtenBytes.getAndSet(0) > 0 || isMuch) {
                    move(statement);
                }
            }
        }
    }

    private void move(Statement statement) throws SQLException {
        if (pagesAfterMoving(statement) > MAX_PAGES_OF_LOG) {
            writing.lock();
            try {
                pagesAfterMoving(statement);
            } finally {
                writing.unlock();
            }
        }
    }

    private static int pagesAfterMoving(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            return row.next() ? row.getInt(2) : 0;
        }
    }

    /** The disk may have come back in a while; the writer tells those who publish. */
    private void onFailure(Exception failure) throws InterruptedException {
        observer.onFailure("checkpoint of the log", failure);
        closing.await(LOOK_AROUND_MS, TimeUnit.MILLISECONDS);
        wanted.drainPermits();
    }
}
