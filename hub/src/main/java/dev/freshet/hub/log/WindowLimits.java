package dev.freshet.hub.log;

/**
 * The bounds of the window. Immutable.
 *
 * @param maxEvents the most events it retains
 * @param maxBytes the most memory for their bytes
 * @param segmentBytes the size of a piece of that memory; what leaves the window for want of bytes leaves by the piece
 */
public record WindowLimits(int maxEvents, long maxBytes, int segmentBytes) {
    /** 262,144 events, 64 MiB, in pieces of 1 MiB. */
    public static final WindowLimits DEFAULT = new WindowLimits(262_144, 64L << 20, 1 << 20);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is less than 1, or there is no room for two pieces
     */
    public WindowLimits {
        require(maxEvents >= 1 && maxEvents <= 1 << 28, "maxEvents: " + maxEvents + " (expected: 1 to 268435456)");
        require(segmentBytes >= 64, "segmentBytes: " + segmentBytes + " (expected: at least 64)");
        require(maxBytes >= 2L * segmentBytes, "maxBytes: " + maxBytes + " (expected: at least two segments)");
    }

    /** What lies at the end of a segment and is not used must not push out the beginning of the same batch. */
    void requireRoomFor(int events, long sizeBytes) {
        long roomBytes = maxBytes - segmentBytes;
        requireFits(
                events <= maxEvents && sizeBytes <= roomBytes,
                sizeBytes + " bytes in " + events + " events",
                roomBytes + " bytes and " + maxEvents + " events");
    }

    void requireRoomForTopics(long sizeBytes) {
        requireFits(sizeBytes <= maxBytes, sizeBytes + " bytes of topics", maxBytes + " bytes");
    }

    private static void requireFits(boolean fits, String found, String room) {
        if (!fits) {
            throw new AppendRefusedException(
                    AppendRefusedException.Cause.TOO_LARGE,
                    "batch: " + found + " (expected: what the window holds, " + room + ")");
        }
    }

    private static void require(boolean isValid, String message) {
        if (!isValid) {
            throw new IllegalArgumentException(message);
        }
    }
}
