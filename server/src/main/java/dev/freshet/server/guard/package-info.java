/**
 * Who may come near from a browser: {@link dev.freshet.server.guard.CorsPolicy} answers for other origins, and keeps pages
 * of other sites from writing to this hub. Immutable; decorates every handler.
 */
@NullMarked
package dev.freshet.server.guard;

import org.jspecify.annotations.NullMarked;
