/**
 * Publishing from a command: {@link dev.freshet.cli.publish.Publisher} gets one request through,
 * {@link dev.freshet.cli.publish.LinePublisher} a stream of lines. Two threads for lines, one that reads them and the
 * caller's that sends them, with a bounded queue between them; else the caller's alone.
 */
@NullMarked
package dev.freshet.cli.publish;

import org.jspecify.annotations.NullMarked;
