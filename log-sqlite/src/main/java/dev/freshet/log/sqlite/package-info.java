/**
 * The durable log: one SQLite file in a directory of its own.
 *
 * <p>{@link dev.freshet.log.sqlite.SqliteLogProvider} is the entry. One thread writes, and commits together all that waits;
 * an event goes into the window, and its publisher is answered, when the disk has it. Two threads read for those that want
 * what has left the window. One moves the write-ahead log into the file.
 */
@NullMarked
package dev.freshet.log.sqlite;

import org.jspecify.annotations.NullMarked;
