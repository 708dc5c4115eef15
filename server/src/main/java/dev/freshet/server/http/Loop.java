package dev.freshet.server.http;

/** One thread that owns connections and all that belongs to them. Thread-safe. */
public interface Loop {
    /**
     * This loop's number.
     *
     * @return 0 for the first of the server's loops, and so on without a hole
     */
    int number();

    /**
     * Whether the caller runs on this loop.
     *
     * @return true on the loop's own thread
     */
    boolean inLoop();

    /**
     * Runs a task on the loop, soon and in the order of the calls. Tasks after the loop's end are dropped.
     *
     * @param task what to run; must not block
     */
    void execute(Runnable task);

    /**
     * Runs a task on the loop, after the loop has looked at its sockets once more. For work that is cut into portions: tasks
     * that only {@link #execute} their next portion may keep the loop from its sockets. Must be called on the loop.
     *
     * @param task what to run; must not block
     */
    void executeAfterIo(Runnable task);

    /**
     * Runs a task on the loop, later. Tasks after the loop's end are dropped.
     *
     * @param task what to run; must not block
     * @param delayMs how much later, in milliseconds
     */
    void schedule(Runnable task, long delayMs);
}
