package dev.freshet.examples.embedding;

import dev.freshet.hub.access.AccessPolicy;
import dev.freshet.hub.access.Principal;
import dev.freshet.hub.access.ReadRights;
import dev.freshet.hub.topic.Topic;

/** Public events are for all; private ones, and the right to publish, for who was granted the topic. Stateless. */
final class AccountPolicy implements AccessPolicy {
    @Override
    public boolean mayPublish(Principal principal, Topic topic) {
        return principal.grant().publish().stream().anyMatch(selector -> selector.matches(topic));
    }

    @Override
    public ReadRights readRights(Principal principal) {
        return new ReadRights(true, principal.grant().subscribe());
    }
}
