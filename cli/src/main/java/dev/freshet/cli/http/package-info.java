/**
 * What the client commands know of HTTP: where a hub is ({@link dev.freshet.cli.http.HubUrl}), how a topic becomes a path,
 * how long to wait before another attempt, and what to say while a hub is away. Blocking, or without threads.
 */
@NullMarked
package dev.freshet.cli.http;

import org.jspecify.annotations.NullMarked;
