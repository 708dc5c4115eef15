package dev.freshet.lab.load;

/** Allows as many events on their way as the window is wide. With one topic an event counts as one, else each delivery does. */
final class ClosedLoop implements Publishers.Budget {
    private final Deliveries deliveries;
    private final int window;
    private final int deliveriesPerEvent;

    ClosedLoop(Deliveries deliveries, Shape shape, int window) {
        this.deliveries = deliveries;
        this.window = window;
        this.deliveriesPerEvent = shape.topics() == 1 ? Math.max(shape.readersOf(0), 1) : 1;
    }

    @Override
    public boolean allows() {
        return deliveries.owed() <= (long) (window - 1) * deliveriesPerEvent;
    }

    @Override
    public void spend() {
        // What was published is owed, and counts from then on.
    }
}
