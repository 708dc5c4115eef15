/**
 * Rights: who asks, and what may they publish and read.
 *
 * <p>An {@link dev.freshet.hub.access.AccessPolicy} decides for a {@link dev.freshet.hub.access.Principal}; what it allows
 * to read becomes {@link dev.freshet.hub.access.ReadRights}, which subscribers with equal rights share. All values are
 * immutable, all policies thread-safe.
 */
@NullMarked
package dev.freshet.hub.access;

import org.jspecify.annotations.NullMarked;
