package dev.freshet.server.transport.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** What changes when one of the two files does. Links are followed: tools that renew certificates often move a link. */
record FileStamps(Stamp certificate, Stamp key) {
    /** Looks at both files. Blocks. */
    static FileStamps of(TlsOptions options) {
        return new FileStamps(Stamp.of(options.certificate()), Stamp.of(options.key()));
    }

    /** Of one file; its key is the inode, where there is one. A file that is not there has no bytes, not even none. */
    record Stamp(FileTime modified, long bytes, @Nullable Object fileKey) {
        private static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), -1, null);

        static Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            } catch (IOException e) {
                return MISSING;
            }
        }
    }
}
