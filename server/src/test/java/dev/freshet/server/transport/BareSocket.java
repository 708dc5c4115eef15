package dev.freshet.server.transport;

import static org.awaitility.Awaitility.await;

import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.Socket;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A client of Linux whose descriptor is known, and which can go deaf. */
final class BareSocket implements Closeable {
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final short BPF_RETURN = 0x06;

    private final Socket socket = Socket.newSocketStream();

    BareSocket(int port) throws IOException {
        if (!socket.connect(new InetSocketAddress("127.0.0.1", port))) {
            await().until(socket::finishConnect);
        }
    }

    int descriptor() {
        return socket.intValue();
    }

    BareSocket send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        socket.send(ByteBuffer.allocateDirect(bytes.length).put(bytes), 0, bytes.length);
        return this;
    }

    /** What has come; empty if nothing has. */
    String received() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(4096);
        int count = socket.recv(bytes, 0, bytes.capacity());
        return StandardCharsets.US_ASCII.decode(bytes.limit(Math.max(count, 0))).toString();
    }

    /** From now on the kernel drops every packet for this socket before TCP sees it, as if its machine had lost power. */
    void goDeaf() throws IOException {
        ByteBuffer dropAll = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        dropAll.putShort(0, BPF_RETURN).putInt(4, 0);
        ByteBuffer program = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        program.putShort(0, (short) 1).putLong(8, Buffer.memoryAddress(dropAll));
        socket.setRawOpt(SOL_SOCKET, SO_ATTACH_FILTER, program);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
