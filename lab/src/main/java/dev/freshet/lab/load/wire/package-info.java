/**
 * HTTP/1.1 as a load speaks it: many sockets on one selector, and what is sent and read on them.
 * {@link dev.freshet.lab.load.wire.Sockets} is its entry. One thread does all.
 */
@NullMarked
package dev.freshet.lab.load.wire;

import org.jspecify.annotations.NullMarked;
