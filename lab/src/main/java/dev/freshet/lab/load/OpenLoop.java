package dev.freshet.lab.load;

/** Allows so many publishes a second, whatever becomes of them; what could not be sent in time is made up for. */
final class OpenLoop implements Publishers.Budget {
    private final double perSecond;
    private double credit;
    private long lastNanos = System.nanoTime();

    OpenLoop(double perSecond) {
        this.perSecond = perSecond;
    }

    @Override
    public boolean allows() {
        long nowNanos = System.nanoTime();
        credit += (nowNanos - lastNanos) * perSecond / 1e9;
        lastNanos = nowNanos;
        return credit >= 1;
    }

    @Override
    public void spend() {
        credit -= 1;
    }
}
