package dev.freshet.log.sqlite;

import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.durable.DurableLog;
import dev.freshet.hub.log.durable.DurableLogOptions;
import dev.freshet.hub.log.durable.History;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Receipt;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.file.Standstill;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A log in a SQLite file. Thread-safe; only opening blocks.
 *
 * <pre>
 *   append -> queue -> writer thread: one transaction for all that waits -> disk
 *                                        -> window -> bell -> receipts
 * </pre>
 */
final class SqliteLog implements DurableLog {
    /** Older events are read from the disk when somebody wants them: a start must be quick however large the log. */
    private static final int MAX_EVENTS_AT_START = 4096;

    private static final long MAX_BYTES_AT_START = 4 << 20;

    private final String epoch;
    private final AppendQueue queue;
    private final SqliteHistory history;
    private final LogWriter writer;
    private final HubObserver observer;
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private List<LoggedEvent> newest;

    private SqliteLog(LogWriter.Context context, WriterConnection connection) throws SQLException {
        DurableLogOptions options = context.options();
        this.epoch = connection.log().epoch();
        this.observer = context.observer();
        this.queue = new AppendQueue(options.maxWaiting(), options.maxWaitingBytes());
        this.newest = connection.reader().newest(connection.log().head(), MAX_EVENTS_AT_START, MAX_BYTES_AT_START);
        this.history = new SqliteHistory(
                context.directory().database(), connection.log(), context.clock(), options.maxReadsWaiting());
        connection
                .events()
                .removal()
                .thinned()
                .forEach((rule, upTo) -> history.onThinned(TopicSelector.parse(rule), upTo));
        connection.connection().rollback();
        this.writer = new LogWriter(queue, context, connection, history);
    }

    /** Opens a log; the directory is its own from now on, and is closed with it. */
    static SqliteLog open(LogWriter.Context context) throws IOException {
        LogDirectory directory = context.directory();
        try {
            directory.database().loadLibrary();
            Standstill untilOpen = directory.database().standstill();
            try (untilOpen) {
                return connected(context);
            }
        } catch (SQLException e) {
            throw directory.explain(e);
        }
    }

    private static SqliteLog connected(LogWriter.Context context) throws SQLException {
        WriterConnection connection = context.connect();
        try {
            return new SqliteLog(context, connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public void start(Window window, Runnable bell) {
        isStarted.set(true);
        writer.start(window, newest, bell);
        newest = List.of();
    }

    @Override
    public CompletableFuture<Receipt> append(Batch batch) {
        Pending pending = new Pending(batch);
        switch (queue.offer(pending)) {
            case CLOSED -> pending.refuse(Cause.CLOSED, "log: closed (expected: a running hub)");
            case FULL -> {
                observer.onQueueFull();
                pending.refuse(Cause.QUEUE_FULL, "log: " + queue.load() + " are waiting (expected: fewer; try again)");
            }
            case TAKEN -> {}
        }
        return pending.answer();
    }

    @Override
    public CompletableFuture<OptionalLong> offsetOf(String publisherId) {
        return history.offsetOf(publisherId);
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public boolean isUsable() {
        return queue.hasRoom() && writer.isUsable();
    }

    @Override
    public void close() {
        queue.close();
        if (!isStarted.getAndSet(true)) {
            writer.end();
        }
    }

    @Override
    public CompletableFuture<Void> closed() {
        return writer.ended();
    }
}
