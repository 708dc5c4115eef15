package dev.freshet.cli.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Cuts an input into lines, which LF ends, or the end of the input. Confined to one thread. */
final class LineReader {
    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private final int maxLineBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;
    private long number;

    LineReader(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /** The next line without its end; empty when there is none. Fails if it is too long. */
    Optional<byte[]> next() throws IOException {
        line.reset();
        number++;
        while (fill()) {
            int start = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            take(start);
            if (at < end) {
                at++;
                return Optional.of(line.toByteArray());
            }
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
    }

    /** The number of the line that was read last; the first has 1. */
    long number() {
        return number;
    }

    private void take(int start) throws IOException {
        line.write(buffer, start, at - start);
        if (line.size() > maxLineBytes) {
            throw new IOException(
                    "line " + number + ": over " + (maxLineBytes >> 20) + " MiB (expected: an event on each line)");
        }
    }

    private boolean fill() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return end > 0;
    }
}
