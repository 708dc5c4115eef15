package dev.freshet.lab.load;

/**
 * When to publish.
 *
 * @param perSecond publishes a second, whatever the server does; 0 for a closed loop
 * @param window the closed loop: so many events may be on their way at once
 * @param whileConnecting publishes a second while subscriptions are being opened
 */
record Pace(double perSecond, int window, double whileConnecting) {
    boolean isClosedLoop() {
        return perSecond <= 0;
    }
}
