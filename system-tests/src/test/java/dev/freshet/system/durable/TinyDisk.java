package dev.freshet.system.durable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small file system of its own, in memory, whose room and rights are in the test's hand. Needs the right to mount. */
final class TinyDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path path;
    private final Path filler;

    private TinyDisk(Path path) {
        this.path = path;
        this.filler = path.resolve("filler");
    }

    /** Mounts a file system on an empty directory; the test is skipped, and says so, where that is not allowed. */
    static TinyDisk mount(Path path, String options) throws IOException {
        if (run("mount", "-t", "tmpfs", "-o", options, "freshet-test", path.toString()) != 0) {
            String why = "a small file system cannot be mounted here (expected: Linux, as root)";
            System.out.println("*** SKIPPED: " + why + " ***");
            Assumptions.abort(why);
        }
        return new TinyDisk(path);
    }

    Path path() {
        return path;
    }

    /** Returns false if a hub took the last room in between. */
    private boolean write(OutputStream out, byte[] block) throws IOException {
        try {
            out.write(block);
            return true;
        } catch (IOException e) {
            if (path.toFile().getUsableSpace() >= BLOCK) {
                throw e;
            }
            return false;
        }
    }

    /** Takes all room but so much. */
    void fillBut(long bytes) throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (path.toFile().getUsableSpace() > bytes) {
                if (!write(out, block)) {
                    return;
                }
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(filler);
    }

    /** Changes an option, such as {@code ro}. */
    void remount(String option) throws IOException {
        if (run("mount", "-o", "remount," + option, path.toString()) != 0) {
            throw new IOException("cannot be remounted " + option);
        }
    }

    /** What is still in use there must have ended. */
    @Override
    public void close() throws IOException {
        if (run("umount", path.toString()) != 0) {
            throw new IOException(path + " cannot be unmounted");
        }
    }

    private static int run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
