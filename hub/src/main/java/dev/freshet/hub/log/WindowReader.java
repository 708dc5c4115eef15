package dev.freshet.hub.log;

/**
 * A lane's hold on the window. {@link #pin} and {@link #release} are confined to the lane; the writer looks at the pin
 * before it uses memory again.
 *
 * <p>The order matters on both sides: the lane pins first and looks what is retained then; the writer gives up first and
 * looks at the pins then. So either the lane sees that its event is gone, or the writer sees that it must not touch it.
 */
public final class WindowReader {
    private static final long NOTHING = Long.MAX_VALUE;

    private volatile long pinned = NOTHING;

    WindowReader() {}

    /**
     * Holds on to the memory of all events from an offset on. Replaces the pin before.
     *
     * @param offset the offset; events that have already left the window are not brought back
     */
    public void pin(long offset) {
        pinned = offset;
    }

    /** Lets go. */
    public void release() {
        pinned = NOTHING;
    }

    long pinned() {
        return pinned;
    }
}
