/**
 * Following a stream: {@link dev.freshet.cli.subscribe.Follower} connects, resumes and prints until it is told to stop. The
 * caller's thread connects; one of the HTTP client's reads and prints, and never two at a time.
 */
@NullMarked
package dev.freshet.cli.subscribe;

import org.jspecify.annotations.NullMarked;
