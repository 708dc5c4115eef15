package dev.freshet.log.sqlite;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.publication.Receipt;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is written together: batches that waited at the same time, and what each is answered once the disk has them. Confined
 * to the writer.
 */
final class Transaction {
    private final WriterConnection connection;
    private final Window window;
    private final long earliest;
    private final long timeMs;
    private final List<Window.Encoded> appended = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();
    private long head;
    private long shownBytes;

    Transaction(WriterConnection connection, Window window, long earliest, long head, long timeMs) {
        this.connection = connection;
        this.window = window;
        this.earliest = earliest;
        this.head = head;
        this.timeMs = timeMs;
    }

    /** The offset of the next event, once this is done. */
    long head() {
        return head;
    }

    /**
     * Writes batches, but for those that are refused or were written before, and makes the disk have them. Without any, it is
     * written nevertheless, to find out whether that works.
     */
    void write(List<Pending> group) throws SQLException {
        connection.events().begin(timeMs);
        for (Pending pending : group) {
            add(pending);
        }
        if (appended.isEmpty() && !group.isEmpty()) {
            connection.connection().rollback();
        } else {
            connection.events().end(head);
            connection.connection().commit();
        }
    }

    /** Shows the events to the lanes. */
    void show() {
        for (Window.Encoded events : appended) {
            shownBytes += window.append(events);
        }
    }

    /** How many bytes the events have that were shown. */
    long shownBytes() {
        return shownBytes;
    }

    /** Answers everybody. */
    void answer() {
        answers.forEach(Runnable::run);
    }

    private void add(Pending pending) throws SQLException {
        try {
            Receipt receipt = receipt(pending);
            answers.add(() -> pending.answer().complete(receipt));
        } catch (AppendRefusedException e) {
            answers.add(() -> pending.answer().completeExceptionally(e));
        }
    }

    private Receipt receipt(Pending pending) throws SQLException {
        List<Publication> publications = pending.batch().publications();
        OptionalLong before = pending.batch().idempotencyKey().isPresent()
                ? connection.keys().find(pending.batch().idempotencyKey().get(), publications, timeMs)
                : OptionalLong.empty();
        List<LoggedEvent> events =
                LoggedEvent.place(epoch(), before.orElse(head), timeMs, DirectMessages.mortal(publications));
        if (before.isEmpty()) {
            insert(pending, events);
        }
        return new Receipt(events.stream().map(LoggedEvent::id).toList());
    }

    /** Whether it can be shown is known before anything of it is written. */
    private void insert(Pending pending, List<LoggedEvent> events) throws SQLException {
        Window.Encoded encoded = window.encode(events);
        for (LoggedEvent event : events) {
            connection.events().insert(event, earliest);
        }
        if (pending.batch().idempotencyKey().isPresent()) {
            connection
                    .keys()
                    .remember(
                            pending.batch().idempotencyKey().get(),
                            pending.batch().publications(),
                            head,
                            timeMs);
        }
        appended.add(encoded);
        head += events.size();
    }

    private String epoch() {
        return connection.log().epoch();
    }
}
