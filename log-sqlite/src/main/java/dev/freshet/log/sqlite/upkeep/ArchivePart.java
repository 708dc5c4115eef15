package dev.freshet.log.sqlite.upkeep;

import java.util.List;
import java.util.Optional;

/**
 * Stands before the events of an export that was asked for a part of a log. Immutable.
 *
 * @param topics selectors of the topics that were asked for; none for all
 * @param since the time from when on, as it was asked for
 * @param after the id of the event before the first
 */
public record ArchivePart(List<String> topics, Optional<String> since, Optional<String> after) implements ArchiveEntry {
    /** All of a log. */
    public static final ArchivePart ALL = new ArchivePart(List.of(), Optional.empty(), Optional.empty());

    /** Sorts the topics: their order says nothing. */
    public ArchivePart {
        topics = topics.stream().distinct().sorted().toList();
    }
}
