/**
 * The file of the durable log, and how SQLite is used on it.
 *
 * <p>{@link dev.freshet.log.sqlite.file.Database} is the entry: it makes the file, opens connections to it and brings its schema
 * up to date. One connection at a time writes, any number read. Everything is confined to the thread that has its connection, and
 * blocks on the disk.
 */
@NullMarked
package dev.freshet.log.sqlite.file;

import org.jspecify.annotations.NullMarked;
