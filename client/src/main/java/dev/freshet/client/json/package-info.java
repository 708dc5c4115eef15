/**
 * The little JSON that a hub speaks to its clients: answers, problems and gaps. Not a library for JSON at large.
 *
 * <p>{@link dev.freshet.client.json.JsonReader} is the entry. All of it is pure and thread-safe.
 */
@NullMarked
package dev.freshet.client.json;

import org.jspecify.annotations.NullMarked;
