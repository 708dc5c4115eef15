/**
 * The hub as an embedding program sees it: {@link dev.freshet.hub.Hub} publishes and subscribes.
 *
 * <p>{@link dev.freshet.hub.HubConfig} holds its limits. A hub is thread-safe; a subscriber is confined to its lane.
 */
@NullMarked
package dev.freshet.hub;

import org.jspecify.annotations.NullMarked;
