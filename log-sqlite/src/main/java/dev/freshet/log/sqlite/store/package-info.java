/**
 * The tables of the durable log, and the statements on them.
 *
 * <p>{@link dev.freshet.log.sqlite.store.EventTable} and what it uses write, {@link dev.freshet.log.sqlite.store.EventReader}
 * reads. Everything is confined to the thread that has its connection, and blocks on the disk.
 */
@NullMarked
package dev.freshet.log.sqlite.store;

import org.jspecify.annotations.NullMarked;
