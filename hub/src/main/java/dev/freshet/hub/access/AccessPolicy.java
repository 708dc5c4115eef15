package dev.freshet.hub.access;

import dev.freshet.hub.topic.Topic;

/** Decides who may publish and read what. Thread-safe; never blocks. */
public interface AccessPolicy {
    /**
     * Everybody may publish to every topic and read every public event; a private event is read only with a grant.
     *
     * <p>Without rights configured nobody holds a grant, so a private event then reaches nobody rather than everybody.
     */
    AccessPolicy OPEN = new OpenPolicy();

    /**
     * Tells whether somebody may publish.
     *
     * @param principal who asks
     * @param topic one topic of the publication; each must be allowed
     * @return true if they may
     */
    boolean mayPublish(Principal principal, Topic topic);

    /**
     * Returns what somebody may read.
     *
     * @param principal who asks
     * @return their rights
     */
    ReadRights readRights(Principal principal);
}
