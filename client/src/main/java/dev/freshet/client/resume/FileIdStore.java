package dev.freshet.client.resume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Keeps the id in a file of its own, replaced as a whole: whenever the program dies, the file holds this id or the one
 * before. After a power failure it may be an older one, and then events come again. One stream per file.
 */
public final class FileIdStore implements IdStore {

    private final Path file;
    private final Path next;

    /**
     * A store in this file.
     *
     * @param file need not exist, its folder must; a second file beside it, with {@code .next} appended, is used to replace
     *     it
     */
    public FileIdStore(Path file) {
        this.file = file.toAbsolutePath();
        this.next = this.file.resolveSibling(this.file.getFileName() + ".next");
    }

    @Override
    public String load() throws IOException {
        try {
            return Files.readString(file, UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    @Override
    public void store(String id) throws IOException {
        Files.writeString(next, id, UTF_8);
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }
}
