/**
 * What a person at a terminal types and sees: the process's streams ({@link dev.freshet.cli.terminal.Streams}), times,
 * amounts, and how far long work has come. Confined to the main thread, but for the thread that draws a progress bar.
 */
@NullMarked
package dev.freshet.cli.terminal;

import org.jspecify.annotations.NullMarked;
