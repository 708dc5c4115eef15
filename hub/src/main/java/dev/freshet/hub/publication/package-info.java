/**
 * What a publisher hands to the hub and gets back: a {@link dev.freshet.hub.publication.Publication} is an event with its
 * topics before it is logged, a {@link dev.freshet.hub.publication.Batch} some of them, a
 * {@link dev.freshet.hub.publication.Receipt} their ids; a {@link dev.freshet.hub.publication.Fingerprint} tells it from
 * others. Values, checked once; all are immutable.
 */
@NullMarked
package dev.freshet.hub.publication;

import org.jspecify.annotations.NullMarked;
