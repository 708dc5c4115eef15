package dev.freshet.codec;

import java.util.Arrays;

/** Bytes that are appended to. Whoever appends keeps the limit; not thread-safe. */
final class GrowingBytes {

    /** One large line must not cost its memory for the rest of a connection: there may be ten thousand of them. */
    private static final int KEPT_BYTES = 8 * 1024;

    private static final byte[] NONE = {};

    private byte[] bytes;
    private int size;

    GrowingBytes() {
        bytes = NONE;
    }

    GrowingBytes(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    /** The bytes themselves, of which the first {@link #size()} count, until the next change. */
    byte[] array() {
        return bytes;
    }

    GrowingBytes append(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
        return this;
    }

    GrowingBytes append(byte[] source) {
        return append(source, 0, source.length);
    }

    GrowingBytes append(byte value) {
        reserve(1);
        bytes[size++] = value;
        return this;
    }

    void clear() {
        size = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = NONE;
        }
    }

    /** Exactly the bytes appended; this object is done with then. */
    byte[] toArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
    }
}
