package dev.freshet.server.http.route;

import dev.freshet.server.http.ProblemException;

/** How large a request's body may be; asked before any of it is read. */
@FunctionalInterface
public interface BodyLimit {
    /** For routes that take no body. */
    BodyLimit NONE = mediaType -> 0;

    /**
     * The limit for a body of a media type.
     *
     * @param mediaType the media type in lower case without parameters, empty if the request names none
     * @return the most bytes that are read; a larger body is answered with 413
     * @throws ProblemException to refuse the body altogether, for example with 415
     */
    long maxBytes(String mediaType);

    /**
     * The same limit for all.
     *
     * @param maxBytes the most bytes that are read
     * @return the limit
     */
    static BodyLimit of(long maxBytes) {
        return mediaType -> maxBytes;
    }
}
