package dev.freshet.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Takes the chunk frames off a stream (RFC 9112 7.1); a stream that ends without the last chunk is an error. */
final class Chunks extends InputStream {
    private final Wire wire;
    private int left;
    private boolean isAtEnd;

    Chunks(Wire wire) {
        this.wire = wire;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && !isAtEnd) {
            left = Integer.parseInt(wire.line(), 16);
            isAtEnd = left == 0;
            requireLineEnd(isAtEnd);
        }
        if (isAtEnd) {
            return -1;
        }
        int count = wire.in().read(bytes, offset, Math.min(left, length));
        if (count < 0) {
            throw new EOFException("cut within a chunk");
        }
        left -= count;
        requireLineEnd(left == 0);
        return count;
    }

    private void requireLineEnd(boolean isDue) throws IOException {
        if (isDue && !wire.line().isEmpty()) {
            throw new IOException("a chunk does not end where it should");
        }
    }
}
