/**
 * Saving what can be read of a damaged log.
 *
 * <p>{@link dev.freshet.log.sqlite.salvage.LogRepair} is the entry: it fills a new file, table by table and row by row, and puts
 * it in the place of the old one. Everything is confined to its caller's thread and blocks on the disk.
 */
@NullMarked
package dev.freshet.log.sqlite.salvage;

import org.jspecify.annotations.NullMarked;
