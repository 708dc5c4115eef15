package dev.freshet.client.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The server's side of one connection. Confined to the connection's thread. */
final class Wire {

    private final Socket socket;
    private final OutputStream out;
    private boolean isEnded;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    void raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** One chunk in one write; none for no bytes, since an empty chunk ends a body. */
    void piece(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(US_ASCII));
        chunk.writeBytes(bytes);
        chunk.writeBytes("\r\n".getBytes(US_ASCII));
        raw(chunk.toByteArray());
    }

    void lastPiece() throws IOException {
        isEnded = true;
        raw("0\r\n\r\n".getBytes(US_ASCII));
    }

    void await(CountDownLatch gate) throws InterruptedException {
        gate.await();
    }

    void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    void cut() throws IOException {
        isEnded = true;
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void close() throws IOException {
        isEnded = true;
        socket.close();
    }

    void closeHalf() throws IOException {
        isEnded = true;
        socket.shutdownOutput();
        hold();
    }

    void hold() throws IOException {
        // Ends when the client, or the test, closes the connection.
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    void holdUnlessEnded() throws IOException {
        if (!isEnded) {
            hold();
        }
        isEnded = false;
    }
}
