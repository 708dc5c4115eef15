package dev.freshet.log.sqlite.upkeep;

/**
 * What is known of a log as a whole. Immutable.
 *
 * @param epoch the first part of every id
 * @param version of its tables
 * @param earliest the offset of the oldest event; equal to {@code head} if there is none
 * @param head the offset that the next event will have
 * @param events how many events there are
 * @param topics how many topics have events
 * @param oldestMs the time of the oldest event, in milliseconds since 1970; 0 if there is none
 * @param newestMs the time of the newest event that the log ever had; 0 if there was none
 * @param usedBytes how much of the file is in use
 * @param fileBytes the size of the file, without the write-ahead log
 * @param walBytes the size of the write-ahead log
 */
public record LogInfo(
        String epoch,
        int version,
        long earliest,
        long head,
        long events,
        long topics,
        long oldestMs,
        long newestMs,
        long usedBytes,
        long fileBytes,
        long walBytes) {}
