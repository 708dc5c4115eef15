package dev.freshet.cli.log;

import dev.freshet.log.sqlite.file.FileFailure;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** What an import reads, and how much of it was read. Confined to one thread. */
final class ImportSource implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int UNKNOWN = -1;

    private final Counter counter;
    private final InputStream stream;
    private final long sizeBytes;

    private ImportSource(InputStream in, long sizeBytes) throws IOException {
        this.counter = new Counter(in);
        this.stream = unzipped(new BufferedInputStream(counter, BUFFER_BYTES));
        this.sizeBytes = sizeBytes;
    }

    static ImportSource open(Optional<Path> file, InputStream standardInput) throws IOException {
        if (file.isEmpty()) {
            return new ImportSource(standardInput, UNKNOWN);
        }
        try {
            return new ImportSource(Files.newInputStream(file.get()), Files.size(file.get()));
        } catch (IOException e) {
            String reason = FileFailure.reason(e);
            throw new IOException("file: " + file.get() + " cannot be read: " + reason + " (expected: an export)", e);
        }
    }

    InputStream stream() {
        return stream;
    }

    long readBytes() {
        return counter.count;
    }

    /** Negative if nobody knows. */
    long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    /** RFC 1952 2.3.1: the first two bytes. */
    private static InputStream unzipped(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean isZipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return isZipped ? new GZIPInputStream(in, BUFFER_BYTES) : in;
    }

    private static final class Counter extends FilterInputStream {
        private long count;

        Counter(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
