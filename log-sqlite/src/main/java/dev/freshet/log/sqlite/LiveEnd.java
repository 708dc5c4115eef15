package dev.freshet.log.sqlite;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.observe.HubObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that learns of events once the disk has them: the window, the history, and the lanes by their bell. Confined to the
 * writer.
 */
final class LiveEnd {
    private final SqliteHistory history;
    private final HubObserver observer;
    private @Nullable Window window;
    private Runnable bell = () -> {};

    LiveEnd(SqliteHistory history, HubObserver observer) {
        this.history = history;
        this.observer = observer;
    }

    /**
     * Fills the window with the newest events. One that was appended when the window was larger may not fit; the window then
     * begins behind it.
     */
    void start(Window toFill, Runnable toRing, long head, List<LoggedEvent> newest) {
        window = toFill;
        bell = toRing;
        List<Window.Encoded> fitting = new ArrayList<>();
        for (LoggedEvent event : newest) {
            try {
                fitting.add(toFill.encode(List.of(event)));
            } catch (AppendRefusedException e) {
                fitting.clear();
            }
        }
        toFill.startAt(head - fitting.size());
        fitting.forEach(toFill::append);
    }

    /**
     * Shows events and rings. What the window cannot take is on the disk nevertheless, and is read from there by those who
     * want it: the window goes on behind it.
     *
     * @param head the offset behind the events
     * @param showing appends them to the window
     */
    void show(long head, Runnable showing) {
        try {
            showing.run();
        } catch (RuntimeException | Error e) {
            observer.onFailure("window of the log", e);
            window().startAt(head);
        }
        history.onAppended(head);
        bell.run();
    }

    Window window() {
        if (window == null) {
            throw new IllegalStateException("log: not started (expected: start before anything else)");
        }
        return window;
    }
}
