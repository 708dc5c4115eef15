/**
 * The command {@code freshet}: {@link dev.freshet.cli.Freshet} reads the command line, one class for each command says what
 * it takes and runs it. The main thread runs the command and ends the process with its exit code.
 */
@NullMarked
package dev.freshet.cli;

import org.jspecify.annotations.NullMarked;
