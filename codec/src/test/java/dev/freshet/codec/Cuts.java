package dev.freshet.codec;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ways to cut the bytes of a stream. */
final class Cuts {

    private Cuts() {}

    static byte[] join(List<byte[]> chunks) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        chunks.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    static List<byte[]> every(int length, byte[] bytes) {
        List<byte[]> chunks = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += length) {
            chunks.add(Arrays.copyOfRange(bytes, at, Math.min(at + length, bytes.length)));
        }
        return chunks;
    }

    /** Pieces of 0 to 12 bytes; an empty one is a legal read too. */
    static List<byte[]> random(Random random, byte[] bytes) {
        List<byte[]> chunks = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int end = Math.min(at + random.nextInt(13), bytes.length);
            chunks.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return chunks;
    }
}
