package dev.freshet.log.sqlite.store;

import dev.freshet.hub.topic.Topic;

/**
 * A topic and the number that stands for it in the index of events. Immutable.
 *
 * @param number its number, more than 0
 * @param topic the topic
 */
public record NumberedTopic(long number, Topic topic) {}
