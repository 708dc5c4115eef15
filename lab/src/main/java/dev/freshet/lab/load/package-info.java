/**
 * The load generator: opens subscriptions, publishes, and checks every delivery for loss, doubles and order.
 * {@link dev.freshet.lab.load.LoadCommand} is its door, {@link dev.freshet.lab.load.Load} its course. One thread does all.
 */
@NullMarked
package dev.freshet.lab.load;

import org.jspecify.annotations.NullMarked;
