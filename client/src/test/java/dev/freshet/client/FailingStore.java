package dev.freshet.client;

import dev.freshet.client.resume.IdStore;
import java.io.IOException;
import java.util.Optional;

/** A store that holds nothing, and throws what a test wants, checked or not. */
record FailingStore(Optional<Class<? extends Throwable>> onLoad, Class<? extends Throwable> onStore)
        implements IdStore {

    /** One that can be read. */
    FailingStore(Class<? extends Throwable> onStore) {
        this(Optional.empty(), onStore);
    }

    @Override
    public String load() throws IOException {
        if (onLoad.isPresent()) {
            throw FailingStore.<RuntimeException>thrown(onLoad.get());
        }
        return "";
    }

    @Override
    public void store(String id) throws IOException {
        throw FailingStore.<RuntimeException>thrown(onStore);
    }

    /** Throws it as if it were unchecked, as code of other languages does. */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> T thrown(Class<? extends Throwable> kind) throws T {
        try {
            throw (T) kind.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
