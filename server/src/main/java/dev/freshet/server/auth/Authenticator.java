package dev.freshet.server.auth;

import dev.freshet.hub.access.Principal;
import dev.freshet.server.http.Request;

/** Finds out who makes a request. Thread-safe; never blocks. */
@FunctionalInterface
public interface Authenticator {
    /** Takes everybody for {@link Principal#ANONYMOUS}. */
    Authenticator NONE = request -> Principal.ANONYMOUS;

    /**
     * Returns who makes a request.
     *
     * @param request the request
     * @return the principal
     * @throws dev.freshet.server.http.ProblemException if what the request says of itself cannot be believed
     */
    Principal authenticate(Request request);
}
