package dev.freshet.cli.terminal;

import java.io.PrintStream;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far long work has come, if somebody sees standard error; else nothing. Confined to the thread that works; another
 * draws.
 */
public final class ProgressDisplay implements AutoCloseable {
    private static final int REDRAW_MS = 200;

    private final Optional<ProgressBar> bar;
    private final Line line;

    private ProgressDisplay(Optional<ProgressBar> bar, Line line) {
        this.bar = bar;
        this.line = line;
    }

    /**
     * Begins to show it.
     *
     * @param streams of the process
     * @param isQuiet true if the user wants none
     * @param task what is done
     * @return the display, which knows no total yet; it is wiped away when it is closed
     */
    public static ProgressDisplay begin(Streams streams, boolean isQuiet, String task) {
        Line line = new Line(streams.err());
        if (isQuiet || !streams.errIsTerminal()) {
            return new ProgressDisplay(Optional.empty(), line);
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MS)
                .setConsumer(line)
                .build();
        return new ProgressDisplay(Optional.of(bar), line);
    }

    /**
     * Some of it is done.
     *
     * @param done how much
     * @param total of how much; negative if nobody knows
     */
    public void at(long done, long total) {
        bar.ifPresent(shown -> shown.maxHint(total).stepTo(done));
    }

    @Override
    public void close() {
        bar.ifPresent(shown -> {
            shown.close();
            line.wipe();
        });
    }

    /**
     * One line, as wide as every terminal is, that is written again and again. Thread-safe: what the thread that draws is late
     * with is not shown any more.
     */
    private static final class Line implements ProgressBarConsumer {
        private static final int WIDTH = 79;

        private final PrintStream out;
        private boolean isWiped;

        Line(PrintStream out) {
            this.out = out;
        }

        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public synchronized void accept(String text) {
            if (!isWiped) {
                out.print('\r' + text.substring(0, Math.min(text.length(), WIDTH)));
            }
        }

        synchronized void wipe() {
            isWiped = true;
            out.print('\r' + " ".repeat(WIDTH) + '\r');
        }

        @Override
        public void close() {
            // Wiped by who began it.
        }
    }
}
