package dev.freshet.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line ends in bytes, eight at a time: the scan touches every byte of a stream, so it sets the parser's pace. */
final class LineEnds {

    static final byte LF = '\n';
    static final byte CR = '\r';

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;

    private LineEnds() {}

    /** The index of the first LF or CR in {@code [from, to)}, or {@code to} if there is none. */
    static int find(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = (long) WORD.get(bytes, at);
            long found = zeroBytes(word ^ (ONES * LF)) | zeroBytes(word ^ (ONES * CR));
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] != LF && bytes[at] != CR) {
            at++;
        }
        return at;
    }

    /** The index after the line end at {@code end}; CR LF is one. */
    static int after(byte[] bytes, int end, int to) {
        boolean pair = bytes[end] == CR && end + 1 < to && bytes[end + 1] == LF;
        return pair ? end + 2 : end + 1;
    }

    /** Sets the high bit of each zero byte. A borrow may mark bytes above the lowest zero, never one below it. */
    private static long zeroBytes(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }
}
