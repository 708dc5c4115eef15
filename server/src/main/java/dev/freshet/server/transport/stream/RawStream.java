package dev.freshet.server.transport.stream;

import dev.freshet.server.http.stream.ByteStream;
import dev.freshet.server.http.stream.StreamEnd;
import dev.freshet.server.http.stream.StreamListener;
import dev.freshet.server.transport.loop.NettyLoop;
import dev.freshet.server.transport.loop.ServerContext;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is a socket and nothing else: about a hundred bytes of heap, registered with its Netty loop in place of the
 * channel that accepted it. It owns the file descriptor from the moment the channel is deregistered; until then the channel
 * does, and only the channel closes it. The registration is cancelled before the descriptor is closed, since its number may
 * be another connection's right after. Confined to the loop.
 *
 * <pre>
 *   OPEN --short write--&gt; FULL --room, onWritable--&gt; OPEN
 *   end, from OPEN or FULL: ENDING --last chunk sent--&gt; DRAINING --client closed, or too late--&gt; CLOSED
 *   abort, client gone, network failed, loop ended: CLOSED
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // A channel tells its failures itself.
final class RawStream extends Socket implements EpollIoHandle, ByteStream {
    private static final EpollIoOps READ = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP);
    private static final EpollIoOps READ_WRITE = READ.with(EpollIoOps.EPOLLOUT);
    private static final int MAX_READS = 4;

    private enum Phase {
        OPEN,
        FULL,
        ENDING,
        DRAINING,
        CLOSED
    }

    private final ServerContext server;
    private final NettyLoop loop;
    private final StreamListener listener;
    private final boolean chunked;
    private Phase phase = Phase.OPEN;
    private boolean awaitsRoom;
    private byte lastChunkSent;
    /** The channel, as long as it owns the descriptor; then the registration takes its place. */
    private @Nullable EpollSocketChannel channel;

    private @Nullable IoRegistration registration;

    private RawStream(
            ServerContext server,
            NettyLoop loop,
            EpollSocketChannel channel,
            Framing framing,
            StreamListener listener) {
        super(channel.fd().intValue());
        this.server = server;
        this.loop = loop;
        this.channel = channel;
        this.chunked = framing == Framing.CHUNKED;
        this.listener = listener;
    }

    /**
     * Makes a stream of a channel that has nothing left to write, and lets the channel go. That takes a turn of the loop;
     * the stream may be written to at once.
     */
    static RawStream adopt(
            ServerContext server,
            NettyLoop loop,
            EpollSocketChannel channel,
            Framing framing,
            StreamListener listener) {
        RawStream stream = new RawStream(server, loop, channel, framing, listener);
        Takeover.by(new InboundDrop(), channel.pipeline());
        channel.deregister().addListener(done -> stream.onOwned());
        return stream;
    }

    @Override
    public int write(ByteBuffer bytes) {
        assert loop.inLoop();
        if (!isOpenStream()) {
            return -1;
        }
        return phase == Phase.FULL ? 0 : send(bytes);
    }

    @Override
    public void end() {
        assert loop.inLoop();
        if (isOpenStream()) {
            phase = Phase.ENDING;
            loop.schedule(this::closeDescriptor, server.limits().lingerTimeout().toMillis());
            sendLastChunk();
            listener.onClosed(StreamEnd.ENDED);
        }
    }

    @Override
    public void abort() {
        assert loop.inLoop();
        if (isOpenStream()) {
            dropUnsentBytes();
            onClosed(StreamEnd.ABORTED);
        }
    }

    @Override
    public FileDescriptor fd() {
        return this;
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
        int ready = ((EpollIoEvent) event).ops().value();
        if (phase != Phase.CLOSED && (ready & ~EpollIoOps.EPOLLOUT.value()) != 0) {
            dropInput();
        }
        if (phase != Phase.CLOSED && (ready & EpollIoOps.EPOLLOUT.value()) != 0) {
            onRoom();
        }
    }

    /** The loop ends. */
    @Override
    public void close() {
        onClosed(StreamEnd.SERVER_CLOSED);
    }

    /** The channel is off the loop: the descriptor is ours, unless the channel was closed before. */
    private void onOwned() {
        boolean open = channel != null && channel.isOpen();
        if (!open) {
            onClosed(server.closing() ? StreamEnd.SERVER_CLOSED : StreamEnd.CLIENT_CLOSED);
        } else {
            channel = null;
            register();
        }
    }

    private void register() {
        Future<IoRegistration> registered = loop.eventLoop().register(this);
        if (loop.eventLoop().isShuttingDown() || !registered.isSuccess()) {
            onClosed(StreamEnd.SERVER_CLOSED);
        } else {
            registration = registered.getNow();
            registration.submit(awaitsRoom ? READ_WRITE : READ);
        }
    }

    private boolean isOpenStream() {
        return (phase == Phase.OPEN || phase == Phase.FULL) && (channel == null || channel.isOpen());
    }

    private int send(ByteBuffer bytes) {
        try {
            int taken = bytes.isDirect() ? sendDirect(bytes) : sendCopies(bytes);
            if (taken < bytes.remaining()) {
                phase = Phase.FULL;
                awaitRoom(true);
            }
            return taken;
        } catch (IOException e) {
            fail(NetworkFailure.end(e));
            return -1;
        }
    }

    private int sendDirect(ByteBuffer bytes) throws IOException {
        return bytes.hasRemaining() ? sendAddress(Buffer.memoryAddress(bytes), bytes.position(), bytes.limit()) : 0;
    }

    private int sendCopies(ByteBuffer bytes) throws IOException {
        ByteBuffer scratch = loop.memory().scratch();
        int taken = 0;
        int sent = 0;
        do {
            taken += sent;
            int size = Math.min(scratch.capacity(), bytes.remaining() - taken);
            scratch.clear().put(0, bytes, bytes.position() + taken, size).limit(size);
            sent = sendDirect(scratch);
        } while (sent == scratch.capacity());
        return taken + sent;
    }

    private void sendLastChunk() {
        try {
            ByteBuffer last = loop.memory().lastChunk();
            int size = chunked ? last.limit() : 0;
            if (lastChunkSent < size) {
                lastChunkSent += (byte) sendAddress(Buffer.memoryAddress(last), lastChunkSent, size);
            }
            awaitRoom(lastChunkSent < size);
            if (lastChunkSent == size) {
                phase = Phase.DRAINING;
                shutdown(false, true);
            }
        } catch (IOException | NotYetConnectedException e) {
            closeDescriptor(); // The client is gone: the latter is what Netty makes of ENOTCONN.
        }
    }

    private void onRoom() {
        if (phase == Phase.ENDING) {
            sendLastChunk();
        } else if (phase == Phase.FULL) {
            phase = Phase.OPEN;
            listener.onWritable();
            awaitRoom(phase == Phase.FULL || phase == Phase.ENDING);
        }
    }

    private void awaitRoom(boolean wanted) {
        if (awaitsRoom != wanted) {
            awaitsRoom = wanted;
            if (registration != null && phase != Phase.CLOSED) {
                registration.submit(wanted ? READ_WRITE : READ);
            }
        }
    }

    /** Reads what the client sends, which is nothing of use, and so sees its end. An event may be an earlier socket's. */
    private void dropInput() {
        try {
            ByteBuffer scratch = loop.memory().scratch();
            int read = 1;
            for (int i = 0; i < MAX_READS && read > 0; i++) {
                read = recvAddress(Buffer.memoryAddress(scratch), 0, scratch.capacity());
            }
            if (read < 0) {
                onClosed(StreamEnd.CLIENT_CLOSED);
            }
        } catch (IOException e) {
            onClosed(NetworkFailure.end(e));
        }
    }

    private void dropUnsentBytes() {
        try {
            setSoLinger(0);
        } catch (IOException e) {
            assert e.getMessage() != null; // The socket is gone already, and its bytes with it.
        }
    }

    /** A write that fails does not tell the listener from within the caller's call. */
    private void fail(StreamEnd end) {
        closeDescriptor();
        loop.execute(() -> listener.onClosed(end));
    }

    private void onClosed(StreamEnd end) {
        boolean tells = phase == Phase.OPEN || phase == Phase.FULL;
        closeDescriptor();
        if (tells) {
            listener.onClosed(end);
        }
    }

    private void closeDescriptor() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        if (channel != null) {
            channel.close();
            return;
        }
        if (registration != null) {
            registration.cancel();
        }
        server.connectionClosed();
        try {
            super.close();
        } catch (IOException e) {
            assert !isOpen() : e; // Linux frees the descriptor, whatever it says.
        }
    }
}
