package dev.freshet.hub.access;

import dev.freshet.hub.topic.Topic;

/** The policy of a hub that has no rights configured. */
final class OpenPolicy implements AccessPolicy {
    @Override
    public boolean mayPublish(Principal principal, Topic topic) {
        return true;
    }

    @Override
    public ReadRights readRights(Principal principal) {
        return new ReadRights(true, principal.grant().subscribe());
    }
}
