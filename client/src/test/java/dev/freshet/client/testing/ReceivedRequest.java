package dev.freshet.client.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as the server saw it. Immutable.
 *
 * @param method such as {@code GET}
 * @param target path and query
 * @param headers names in any case; values as UTF-8
 * @param body as UTF-8, put together if it came in chunks
 * @param connection the number of its connection, from 1
 */
public record ReceivedRequest(String method, String target, Map<String, String> headers, String body, int connection) {

    /**
     * A header.
     *
     * @param name its name, in any case
     * @return its value, if it was sent
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Reads the next request; null if the client closed the connection instead. */
    static @Nullable ReceivedRequest read(InputStream in, int connection) throws IOException {
        String line = readLine(in);
        if (line == null) {
            return null;
        }
        String[] start = line.split(" ", 3);
        Map<String, String> headers = readHeaders(in);
        String body = new String(readBody(in, headers), StandardCharsets.UTF_8);
        return new ReceivedRequest(start[0], start[1], headers, body, connection);
    }

    private static byte[] readBody(InputStream in, Map<String, String> headers) throws IOException {
        return headers.getOrDefault("Transfer-Encoding", "").equalsIgnoreCase("chunked")
                ? readChunks(in)
                : in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
    }

    /** Chunks, of which the last is empty; extensions and trailers are passed over (RFC 9112 7.1). */
    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int length = readChunkLength(in);
        while (length > 0) {
            body.writeBytes(in.readNBytes(length));
            readLine(in);
            length = readChunkLength(in);
        }
        readHeaders(in);
        return body.toByteArray();
    }

    private static int readChunkLength(InputStream in) throws IOException {
        String line = readLine(in);
        if (line == null) {
            throw new EOFException("in the body of a request");
        }
        return Integer.parseInt(line.split(";", 2)[0].strip(), 16);
    }

    private static Map<String, String> readHeaders(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String line = readLine(in);
        while (line != null && !line.isEmpty()) {
            int colon = line.indexOf(':');
            // Only the one space that clients write is taken off: an id may begin or end with others.
            headers.put(line.substring(0, colon), line.substring(colon + 1).replaceFirst("^ ", ""));
            line = readLine(in);
        }
        return headers;
    }

    private static @Nullable String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("in the head of a request");
            }
            line.append((char) next);
            next = in.read();
        }
        String text = line.substring(0, Math.max(0, line.length() - 1));
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
