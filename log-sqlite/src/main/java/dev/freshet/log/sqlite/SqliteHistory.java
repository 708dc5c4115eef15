package dev.freshet.log.sqlite;

import dev.freshet.hub.log.durable.EventFilter;
import dev.freshet.hub.log.durable.History;
import dev.freshet.hub.log.durable.Page;
import dev.freshet.hub.log.durable.PageRequest;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.file.Database;
import dev.freshet.log.sqlite.file.Statements;
import dev.freshet.log.sqlite.store.EventReader;
import dev.freshet.log.sqlite.store.LogRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads the log on a few threads, each with a connection of its own. Thread-safe. How far the log reaches is told to it by
 * the writer.
 */
final class SqliteHistory implements History {
    /** One is enough for the disk; the second lets short questions pass a long one. */
    private static final int THREADS = 2;

    private final Database database;
    private final String epoch;
    private final InstantSource clock;
    private final ThreadPoolExecutor threads;
    private final Queue<Reader> idle = new ConcurrentLinkedQueue<>();
    private final Map<TopicSelector, Long> thinned = new ConcurrentHashMap<>();
    private volatile long earliest;
    private volatile long head;
    private volatile boolean isClosed;

    SqliteHistory(Database database, LogRow log, InstantSource clock, int maxWaiting) {
        this.database = database;
        this.epoch = log.epoch();
        this.clock = clock;
        this.earliest = log.earliest();
        this.head = log.head();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(maxWaiting), SqliteHistory::thread);
    }

    @Override
    public long earliest() {
        return earliest;
    }

    @Override
    public long thinnedUpTo(EventFilter filter) {
        return thinned.entrySet().stream()
                .filter(rule -> mayShareTopics(rule.getKey(), filter))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    @Override
    public CompletableFuture<Page> read(PageRequest request) {
        return ask(reader -> unlessRemoved(request, reader.page(request, clock.millis())));
    }

    @Override
    public CompletableFuture<Long> firstOffsetSince(long timeMs) {
        return ask(reader -> reader.firstOffsetSince(timeMs, earliest, head));
    }

    @Override
    public CompletableFuture<Long> firstOfLast(int count, long before, EventFilter filter) {
        return ask(reader -> reader.firstOfLast(count, before, filter, clock.millis()));
    }

    CompletableFuture<OptionalLong> offsetOf(String publisherId) {
        return ask(reader -> reader.offsetOf(publisherId, earliest));
    }

    /** Called by the writer. */
    void onAppended(long newHead) {
        head = newHead;
    }

    /** Called by the writer, before it removes some events of some topics. */
    void onThinned(TopicSelector rule, long upTo) {
        thinned.merge(rule, upTo, Math::max);
    }

    /** Called by the writer, before it removes. */
    void onRemoved(long newEarliest) {
        earliest = Math.max(earliest, newEarliest);
    }

    /** Answers what is being read, and refuses what waits. Blocks for a moment. */
    void close() throws InterruptedException {
        isClosed = true;
        threads.shutdown();
        threads.awaitTermination(10, TimeUnit.SECONDS);
        idle.forEach(Reader::close);
    }

    /** An empty page that leads nowhere: the reader finds its place before the earliest event, and is told of the gap. */
    private Page unlessRemoved(PageRequest request, Page page) {
        return request.from() < earliest ? new Page.Builder(request.framing()).build(request.from()) : page;
    }

    /** Whoever wants more than single topics may want some of any rule's. */
    private static boolean mayShareTopics(TopicSelector rule, EventFilter filter) {
        return filter.topics()
                .map(topics -> topics.stream().anyMatch(rule::matches))
                .orElse(true);
    }

    private <T> CompletableFuture<T> ask(Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> answer(question, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(refusal());
        }
        return answer;
    }

    private static IllegalStateException refusal() {
        return new IllegalStateException(
                "history: too many reads are waiting, or the log is closed (expected: fewer; try again)");
    }

    private <T> void answer(Question<T> question, CompletableFuture<T> answer) {
        if (isClosed) {
            answer.completeExceptionally(refusal());
            return;
        }
        try {
            answer.complete(ask(question, reader()));
        } catch (SQLException | RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    /** A connection on which something failed is not used again. */
    private <T> T ask(Question<T> question, Reader reader) throws SQLException {
        try {
            T found = question.ask(reader.events());
            idle.add(reader);
            return found;
        } catch (SQLException | RuntimeException | Error e) {
            reader.close();
            throw e;
        }
    }

    private Reader reader() throws SQLException {
        Reader reader = idle.poll();
        return reader != null ? reader : Reader.open(database, epoch);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "freshet-log-reader");
        thread.setDaemon(true);
        return thread;
    }

    /** What somebody wants to know. */
    private interface Question<T> {
        T ask(EventReader reader) throws SQLException;
    }

    /** A connection, and what reads on it. Confined to whoever has taken it. */
    private record Reader(Connection connection, EventReader events) {
        static Reader open(Database database, String epoch) throws SQLException {
            Connection connection = database.openReader();
            return new Reader(connection, new EventReader(new Statements(connection), epoch));
        }

        void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
