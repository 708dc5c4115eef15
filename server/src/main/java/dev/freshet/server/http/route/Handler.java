package dev.freshet.server.http.route;

import dev.freshet.server.http.Exchange;
import dev.freshet.server.http.ProblemException;

/** What answers a request. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers the exchange now, or hands it to another thread that answers later. Called on the exchange's loop; must not
     * block.
     *
     * @param exchange request and answer
     * @throws ProblemException to answer with a problem; any other exception becomes a 500 and is logged
     */
    void handle(Exchange exchange);
}
