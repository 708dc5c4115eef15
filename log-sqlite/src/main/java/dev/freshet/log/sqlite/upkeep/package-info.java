/**
 * Looking after a log's file while no hub, or a hub, runs on it: the commands {@code freshet log}.
 *
 * <p>{@link dev.freshet.log.sqlite.upkeep.LogFile} is the entry: it looks at a log, checks, compacts and repairs it
 * ({@code log.sqlite.salvage}), and hands out its events ({@link dev.freshet.log.sqlite.upkeep.LogExport}); {@link
 * dev.freshet.log.sqlite.upkeep.LogImport} takes them in. Everything is confined to its caller's thread and blocks on the disk.
 */
@NullMarked
package dev.freshet.log.sqlite.upkeep;

import org.jspecify.annotations.NullMarked;
