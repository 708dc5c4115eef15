package dev.freshet.hub.testing;

import java.io.ByteArrayOutputStream;

/**
 * Takes the chunks of HTTP/1.1 (RFC 9112, 7.1) away from around the bytes of a stream, in whatever cuts they come. Confined
 * to one thread.
 */
public final class ChunkDecoder {
    private enum State {
        SIZE,
        SIZE_END,
        DATA,
        DATA_CR,
        DATA_LF
    }

    private State state = State.SIZE;
    private int left;
    private int digits;

    /** Creates a decoder at the beginning of a chunk. */
    public ChunkDecoder() {}

    /**
     * Decodes the next bytes.
     *
     * @param bytes as they came
     * @return what was in the chunks, as far as it has come
     * @throws AssertionError if the bytes are no chunks
     */
    public byte[] decode(byte[] bytes) {
        ByteArrayOutputStream data = new ByteArrayOutputStream(bytes.length);
        for (byte each : bytes) {
            state = next(each, data);
        }
        return data.toByteArray();
    }

    /**
     * Tells whether the bytes so far end with a whole chunk.
     *
     * @return true if no chunk was begun
     */
    public boolean isBetweenChunks() {
        return state == State.SIZE && digits == 0;
    }

    private State next(byte each, ByteArrayOutputStream data) {
        return switch (state) {
            case SIZE -> each == '\r' && digits > 0 ? State.SIZE_END : digit(each);
            case SIZE_END -> expect(each, '\n', State.DATA);
            case DATA -> data(each, data);
            case DATA_CR -> expect(each, '\r', State.DATA_LF);
            case DATA_LF -> expect(each, '\n', begin());
        };
    }

    private State digit(byte each) {
        int value = Character.digit(each, 16);
        if (value < 0 || ++digits > 8) {
            throw new AssertionError("chunk: " + each + " (expected: a hexadecimal digit of its length)");
        }
        left = left * 16 + value;
        return State.SIZE;
    }

    private State data(byte each, ByteArrayOutputStream data) {
        if (left == 0) {
            throw new AssertionError("chunk: empty (expected: none before the end)");
        }
        data.write(each);
        return --left == 0 ? State.DATA_CR : State.DATA;
    }

    private State begin() {
        digits = 0;
        left = 0;
        return State.SIZE;
    }

    private static State expect(byte each, char expected, State then) {
        if (each != expected) {
            throw new AssertionError("chunk: " + each + " (expected: " + (int) expected + ")");
        }
        return then;
    }
}
