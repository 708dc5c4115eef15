/**
 * Who may come near from a browser: {@link dev.freshet.server.guard.CorsPolicy} answers for other origins, and keeps pages
 * of other sites from writing to this hub; {@link dev.freshet.server.guard.HostPolicy} keeps those away that took on this
 * hub's address. Immutable; decorate every handler.
 */
@NullMarked
package dev.freshet.server.guard;

import org.jspecify.annotations.NullMarked;
