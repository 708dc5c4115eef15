package dev.freshet.client.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIdStoreTest {

    @TempDir
    private Path folder;

    @Test
    void keepsTheNewestIdForTheNextProgram() throws IOException {
        Path file = folder.resolve("id");
        FileIdStore store = new FileIdStore(file);
        assertThat(store.load()).isEmpty();
        store.store("1");
        store.store(" é\t✓");

        assertThat(new FileIdStore(file).load()).isEqualTo(" é\t✓");
        store.store("");
        assertThat(new FileIdStore(file).load()).isEmpty();
    }

    @Test
    void leavesTheFileAsItWasWhenTheNewOneCannotBeWritten() throws IOException {
        Path file = folder.resolve("id");
        FileIdStore store = new FileIdStore(file);
        store.store("1");
        Files.createDirectories(folder.resolve("id.next"));

        assertThatIOException().isThrownBy(() -> store.store("2"));
        assertThat(store.load()).isEqualTo("1");
    }

    @Test
    void anIdIsWrittenWhenItChanges() throws IOException {
        List<String> written = new ArrayList<>();
        StoredId stored = StoredId.load(new IdStore() {
            @Override
            public String load() {
                return "1";
            }

            @Override
            public void store(String id) {
                written.add(id);
            }
        });
        for (String id : List.of("1", "2", "2", "", "2")) {
            stored.replace(id);
        }

        assertThat(stored.value()).isEqualTo("2");
        assertThat(written).containsExactly("2", "", "2");
    }
}
