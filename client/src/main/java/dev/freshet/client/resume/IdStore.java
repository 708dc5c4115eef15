package dev.freshet.client.resume;

import java.io.IOException;

/**
 * Keeps the last event id of one stream beyond the life of its program.
 *
 * <p>An id is stored after the handler of its event returned: a program that dies between the two gets the event again, and
 * none is lost (at least once). Called by one stream, one call at a time; it may block if the handler may.
 */
public interface IdStore {

    /** Keeps nothing: the stream begins where its options say. */
    IdStore NONE = new IdStore() {
        @Override
        public String load() {
            return "";
        }

        @Override
        public void store(String id) {}
    };

    /**
     * The id to resume after, asked for once, before the stream's first request.
     *
     * @return the id, or the empty string if none was stored
     * @throws IOException if it cannot be read; the stream does not start then, since it could lose events
     */
    String load() throws IOException;

    /**
     * Replaces the id.
     *
     * @param id without CR, LF and NUL; the empty string says that there is none any more
     * @throws IOException if it cannot be kept; the stream ends then, as if its handler had failed, and so it does after any
     *     other exception
     */
    void store(String id) throws IOException;
}
