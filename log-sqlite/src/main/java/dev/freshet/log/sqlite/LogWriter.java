package dev.freshet.log.sqlite;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.durable.DurableLogOptions;
import dev.freshet.hub.observe.HubObserver;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes the log. Confined to it, but for {@link #isUsable}, {@link #ended} and what is called before it
 * runs.
 *
 * <pre>
 *   take all that waits -> one transaction -> show in the window -> ring -> answer
 *   nothing waits       -> retention, a step at a time
 *   the disk fails      -> refuse, open anew, try again
 *   little room is left -> refuse; retention goes on, and may make some
 * </pre>
 */
final class LogWriter {
    /** Bounds how long one transaction takes, and how long those that come meanwhile wait. */
    private static final int MAX_EVENTS_AT_ONCE = 4096;

    private static final long MAX_BYTES_AT_ONCE = 8 << 20;

    /** About what retention writes for each event that it removes. */
    private static final long BYTES_OF_A_REMOVAL = 1300;

    /** So much is left on the disk for what makes room there: moving the write-ahead log into the file, and retention. */
    private static final long LEFT_FREE_BYTES = 32 << 20;

    private static final long LOOK_AROUND_MS = 250;
    private static final long LOOK_AROUND_NANOS = LOOK_AROUND_MS * 1_000_000;
    private static final long REST_AFTER_ERROR_NANOS = 10_000_000_000L;

    private final AppendQueue queue;
    private final Context context;
    private final SqliteHistory history;
    private final LiveEnd liveEnd;
    private final Cleaner cleaner;
    private final Checkpoints checkpoints;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable WriterConnection connection;
    private long head;
    private boolean isShortOfRoom;
    private boolean isMoreToClean;
    private long nextCleanNanos;
    private long timeMs;
    private volatile boolean isUsable = true;
    /** Once damage was met, until the hub starts anew: what is written elsewhere in the file may work, and say nothing. */
    private volatile boolean isDamaged;

    LogWriter(AppendQueue queue, Context context, WriterConnection opened, SqliteHistory history) {
        this.queue = queue;
        this.context = context;
        this.history = history;
        this.liveEnd = new LiveEnd(history, context.observer());
        this.cleaner =
                new Cleaner(context.options().retention(), history, opened.log().head(), context.nanoTime());
        this.checkpoints = new Checkpoints(context.directory().database(), context.observer());
        this.nextCleanNanos = context.nanoTime().getAsLong();
        this.head = opened.log().head();
        use(opened);
    }

    /** Where a log lies, its limits, its time, and who is told of it. */
    record Context(
            LogDirectory directory,
            DurableLogOptions options,
            InstantSource clock,
            LongSupplier nanoTime,
            HubObserver observer) {
        WriterConnection connect() throws SQLException {
            return WriterConnection.open(directory.database(), options);
        }
    }

    boolean isUsable() {
        return isUsable && !isDamaged;
    }

    /** Completes when the thread has ended, or will never begin. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Fills the window with the newest events, and starts the thread. */
    void start(Window toFill, List<LoggedEvent> newest, Runnable toRing) {
        liveEnd.start(toFill, toRing, head, newest);
        checkpoints.start();
        new Thread(this::run, "freshet-log-writer").start();
    }

    private void run() {
        try {
            while (!queue.isDone()) {
                turn(queue.take(MAX_EVENTS_AT_ONCE, MAX_BYTES_AT_ONCE, isMoreToClean && isUsable ? 0 : LOOK_AROUND_MS));
                clean();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            context.observer().onFailure("writer of the log", e);
        } finally {
            end();
        }
    }

    private void turn(List<Pending> group) {
        try {
            isShortOfRoom = context.directory().roomBytes() < LEFT_FREE_BYTES;
            if (isShortOfRoom) {
                AppendRefusedException refusal = StorageFailure.FULL.refusal();
                refuse(group, refusal, refusal);
            } else if (!group.isEmpty() || !isUsable) {
                write(group); // Also without any, to find out whether that works again.
            }
        } catch (RuntimeException | Error e) {
            context.observer().onFailure("append", e);
            group.forEach(pending -> pending.answer().completeExceptionally(e));
        }
    }

    private void write(List<Pending> group) {
        checkpoints.lock();
        try {
            WriterConnection to = connection();
            timeMs = Math.max(timeMs, context.clock().millis());
            Transaction transaction = new Transaction(to, liveEnd.window(), history.earliest(), head, timeMs);
            transaction.write(group);
            isUsable = true;
            show(transaction);
        } catch (SQLException e) {
            onFailure(e, group);
        } catch (RuntimeException | Error e) {
            closeConnection(); // Or what was written before the error would be committed with what comes next.
            throw e;
        } finally {
            checkpoints.unlock();
        }
    }

    /** They are on the disk: whatever happens now, those who published have their receipts. */
    private void show(Transaction transaction) {
        int events = (int) (transaction.head() - head);
        head = transaction.head();
        try {
            if (events > 0) {
                liveEnd.show(head, transaction::show);
                checkpoints.onWritten(transaction.shownBytes());
                context.observer().onAppended(events, transaction.shownBytes());
            }
        } finally {
            transaction.answer();
        }
    }

    /** At once if there was more to do, else a few times a second. */
    private void clean() {
        long nowNanos = context.nanoTime().getAsLong();
        boolean isDue = isMoreToClean || nowNanos - nextCleanNanos >= 0;
        if (!isDue || (!isUsable && !isShortOfRoom)) {
            return;
        }
        nextCleanNanos = nowNanos + LOOK_AROUND_NANOS;
        isMoreToClean = false;
        checkpoints.lock();
        try {
            Cleaner.Step step = cleaner.step(connection(), head, context.clock().millis());
            isMoreToClean = step.isMore();
            checkpoints.onWritten(1 + step.done() * BYTES_OF_A_REMOVAL);
        } catch (SQLException | RuntimeException | Error e) {
            onFailureToClean(e, nowNanos);
        } finally {
            checkpoints.unlock();
        }
    }

    /** Whether events can be written is for the next write to say. Without room it is no news, and there may be soon. */
    private void onFailureToClean(Throwable failure, long nowNanos) {
        closeConnection(); // Or what was removed before the error would be committed with what comes next.
        if (!isShortOfRoom) {
            context.observer().onFailure("retention of the log", failure);
            nextCleanNanos = nowNanos + REST_AFTER_ERROR_NANOS;
        }
    }

    private void onFailure(SQLException failure, List<Pending> group) {
        closeConnection();
        StorageFailure kind = StorageFailure.of(failure);
        refuse(group, failure, kind.refusal());
        isDamaged |= kind == StorageFailure.DAMAGED;
    }

    private void refuse(List<Pending> group, Exception failure, AppendRefusedException refusal) {
        if (isUsable()) {
            context.observer().onFailure("write of the " + refusal.getMessage(), failure);
        }
        isUsable = false;
        group.forEach(pending -> pending.answer().completeExceptionally(refusal));
    }

    /** Opens a connection after a failure. What the disk has nevertheless is shown: it will be there after a restart, too. */
    private WriterConnection connection() throws SQLException {
        WriterConnection current = connection;
        if (current != null) {
            return current;
        }
        WriterConnection opened = use(context.connect());
        showStored(opened, opened.log().head());
        return opened;
    }

    private void showStored(WriterConnection opened, long storedHead) throws SQLException {
        if (storedHead < head) {
            throw new SQLException("the file was exchanged while it was in use (expected: the same log)");
        }
        if (storedHead > head) {
            List<LoggedEvent> events = opened.reader().events(head, storedHead, Integer.MAX_VALUE);
            opened.connection().rollback();
            head = storedHead;
            Window window = liveEnd.window();
            liveEnd.show(head, () -> events.forEach(event -> window.append(List.of(event))));
        }
    }

    private WriterConnection use(WriterConnection opened) {
        connection = opened;
        timeMs = Math.max(timeMs, opened.log().timeMs());
        return opened;
    }

    private void closeConnection() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            context.observer().onFailure("close of the log", e);
        }
        connection = null;
    }

    /** Also for a log that was opened and never started. Whatever ends the thread, nobody waits for it in vain. */
    void end() {
        isUsable = false;
        queue.close();
        queue.takeAll().forEach(pending -> pending.refuse(Cause.CLOSED, "log: closed (expected: a running hub)"));
        attempt(checkpoints::close);
        attempt(history::close);
        closeConnection();
        attempt(context.directory()::close);
        ended.complete(null);
    }

    private void attempt(Closing closing) {
        try {
            closing.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            context.observer().onFailure("close of the log", e);
        }
    }

    private interface Closing {
        void close() throws IOException, InterruptedException;
    }
}
