package dev.freshet.cli.publish;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts bytes into lines: LF or CRLF ends one, and so does the end of the input. What is not UTF-8 becomes U+FFFD; a line
 * that is too long is cut between two characters. Confined to one thread.
 */
final class LineSplitter {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final int maxLineBytes;
    private final Handler handler;
    private final ByteArrayOutputStream carried = new ByteArrayOutputStream();
    private boolean isCut;

    LineSplitter(int maxLineBytes, Handler handler) {
        this.maxLineBytes = maxLineBytes;
        this.handler = handler;
    }

    /** Reads to the end of the input; a part of a line waits for its end. */
    void readAll(InputStream in) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            feed(buffer, length);
        }
        if (carried.size() > 0) {
            endLine();
        }
    }

    private void feed(byte[] bytes, int length) throws InterruptedException {
        int from = 0;
        for (int at = 0; at < length; at++) {
            if (bytes[at] == '\n') {
                carry(bytes, from, at);
                endLine();
                from = at + 1;
            }
        }
        carry(bytes, from, length);
    }

    private void carry(byte[] bytes, int from, int to) throws InterruptedException {
        int at = from;
        while (to - at > maxLineBytes - carried.size()) {
            int room = maxLineBytes - carried.size();
            carried.write(bytes, at, room);
            at += room;
            cut();
        }
        carried.write(bytes, at, to - at);
    }

    /** Hands on what is carried but for the beginning of a character at its end. */
    private void cut() throws InterruptedException {
        if (!isCut) {
            isCut = true;
            handler.onCut(maxLineBytes);
        }
        byte[] bytes = carried.toByteArray();
        int end = endOfWholeCharacters(bytes);
        handler.onLine(text(bytes, end));
        carried.reset();
        carried.write(bytes, end, bytes.length - end);
    }

    private static int endOfWholeCharacters(byte[] bytes) {
        int lead = bytes.length - 1;
        while (lead > 0 && lead > bytes.length - 4 && (bytes[lead] & 0xC0) == 0x80) {
            lead--;
        }
        return lead > 0 && bytes[lead] < 0 ? lead : bytes.length;
    }

    private void endLine() throws InterruptedException {
        byte[] bytes = carried.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        if (length > 0 || !isCut) {
            handler.onLine(text(bytes, length));
        }
        carried.reset();
        isCut = false;
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Takes the lines; may block. */
    interface Handler {
        void onLine(String line) throws InterruptedException;

        /** The line that comes next is too long and comes in pieces. */
        void onCut(int maxLineBytes);
    }
}
