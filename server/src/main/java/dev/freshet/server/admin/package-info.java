/**
 * What people and machines look at: {@link dev.freshet.server.admin.HealthEndpoints} tells whether the hub is well,
 * {@link dev.freshet.server.admin.StaticFiles} serves the page at {@code /}. Stateless; answers on the connection's loop.
 */
@NullMarked
package dev.freshet.server.admin;

import org.jspecify.annotations.NullMarked;
