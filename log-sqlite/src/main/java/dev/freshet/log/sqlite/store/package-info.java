/**
 * The tables of the durable log, and the statements on them.
 *
 * <p>{@link dev.freshet.log.sqlite.store.Database} is the entry: it opens connections to a file and brings its schema up to
 * date. One connection at a time writes ({@link dev.freshet.log.sqlite.store.EventTable} and what it uses), any number read
 * ({@link dev.freshet.log.sqlite.store.EventReader}). Everything is confined to the thread that has its connection, and
 * blocks on the disk.
 */
@NullMarked
package dev.freshet.log.sqlite.store;

import org.jspecify.annotations.NullMarked;
