package dev.freshet.client.resume;

import java.io.IOException;

/** The id in a store, which is written only when it changes. Confined to the thread that runs the stream's handler. */
public final class StoredId {

    private final IdStore store;
    private String stored;

    private StoredId(IdStore store, String stored) {
        this.store = store;
        this.stored = stored;
    }

    /**
     * Reads the store.
     *
     * @param store where the id stands
     * @return the id as it stands there
     * @throws IOException if it cannot be read
     */
    public static StoredId load(IdStore store) throws IOException {
        return new StoredId(store, store.load());
    }

    /**
     * The id as it stands in the store.
     *
     * @return the empty string if there is none
     */
    public String value() {
        return stored;
    }

    /**
     * Takes the id of what was handled.
     *
     * @param id the id
     * @throws IOException if it cannot be kept
     */
    public void replace(String id) throws IOException {
        if (!id.equals(stored)) {
            store.store(id);
            stored = id;
        }
    }
}
