/**
 * The commands {@code freshet log}, which look after the log that {@code serve --data} keeps.
 *
 * <p>{@link dev.freshet.cli.log.LogCommand} is the entry; one class for each command says what it takes and runs it. An export
 * is NDJSON: {@link dev.freshet.cli.log.ArchiveWriter} writes its lines and {@link dev.freshet.cli.log.ArchiveReader} reads
 * them. Confined to the main thread.
 */
@NullMarked
package dev.freshet.cli.log;

import org.jspecify.annotations.NullMarked;
