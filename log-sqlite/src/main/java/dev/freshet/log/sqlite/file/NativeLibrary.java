package dev.freshet.log.sqlite.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's own code, which has to be unpacked into a file to be loaded. It is unpacked into a new folder, which is removed at
 * once: else a process that is killed would leave a megabyte behind each time. Where a file that is in use cannot be
 * removed, that is done at the end of the process.
 */
final class NativeLibrary {
    private static final String FOLDER = "org.sqlite.tmpdir";

    private static final String ADVICE =
            " (expected: a folder from which programs may run; name one by FRESHET_JAVA_OPTS=-Dorg.sqlite.tmpdir=FOLDER)";

    private NativeLibrary() {}

    /** Loads it by way of the folder for temporary files or, where programs may not run there, by way of another. */
    static synchronized void load(Path another) throws SQLException {
        try {
            loadIn(Path.of(System.getProperty(FOLDER, System.getProperty("java.io.tmpdir"))));
        } catch (Exception | UnsatisfiedLinkError first) {
            loadAgain(another, first);
        }
    }

    private static void loadAgain(Path another, Throwable first) throws SQLException {
        try {
            loadIn(another);
        } catch (Exception | UnsatisfiedLinkError e) {
            e.addSuppressed(first);
            throw new SQLException("SQLite's native library cannot be loaded: " + e.getMessage() + ADVICE, e);
        }
    }

    private static void loadIn(Path parent) throws Exception {
        Path folder = Files.createTempDirectory(parent, "freshet-sqlite-");
        String before = System.setProperty(FOLDER, folder.toAbsolutePath().toString());
        try {
            SQLiteJDBCLoader.initialize();
        } finally {
            restore(before);
            remove(folder);
        }
    }

    private static void restore(@Nullable String before) {
        if (before == null) {
            System.clearProperty(FOLDER);
        } else {
            System.setProperty(FOLDER, before);
        }
    }

    private static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit(); // In use; what is in it was marked so by the driver.
        }
    }
}
