/**
 * Names: what is published to and what is asked for.
 *
 * <p>A {@link dev.freshet.hub.topic.Topic} is a name, a {@link dev.freshet.hub.topic.TopicSelector} says which topics a
 * subscriber wants, and a {@link dev.freshet.hub.topic.SelectorIndex} finds, for one topic, all that asked for it. Values
 * are immutable; an index is confined to its owner's thread.
 */
@NullMarked
package dev.freshet.hub.topic;

import org.jspecify.annotations.NullMarked;
