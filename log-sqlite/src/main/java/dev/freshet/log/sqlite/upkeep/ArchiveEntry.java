package dev.freshet.log.sqlite.upkeep;

/** One thing that an export holds, in the order of the log. */
public sealed interface ArchiveEntry permits ArchivePart, ArchivedEvent, ArchiveEnd {}
