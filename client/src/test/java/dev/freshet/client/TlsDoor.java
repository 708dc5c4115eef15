package dev.freshet.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** A door to a server that speaks TLS, whose connections can be cut beneath it: without TLS's goodbye, or before it began. */
final class TlsDoor extends ServerSocket {
    private final SSLContext context;
    private final Set<Socket> wires = ConcurrentHashMap.newKeySet();
    private int refused;

    /** On a free port of 127.0.0.1. */
    TlsDoor(SSLContext context) throws IOException {
        super(0, 10, InetAddress.getByName("127.0.0.1"));
        this.context = context;
    }

    /** Closes the next connections before their handshake. */
    TlsDoor refusing(int connections) {
        refused = connections;
        return this;
    }

    URI uri() {
        return URI.create("https://127.0.0.1:" + getLocalPort() + "/events");
    }

    @Override
    public Socket accept() throws IOException {
        Socket wire = super.accept();
        for (; refused > 0; refused--) {
            wire.close();
            wire = super.accept();
        }
        wires.add(wire);
        return context.getSocketFactory().createSocket(wire, null, true);
    }

    /** Ends all connections, of TCP alone. */
    void cut() throws IOException {
        for (Socket wire : wires) {
            wire.shutdownOutput();
        }
    }
}
