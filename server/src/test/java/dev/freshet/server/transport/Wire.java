package dev.freshet.server.transport;

/** What a connection is made of: the kind of sockets, with TLS or without. */
enum Wire {
    RAW(SocketKind.RAW, false),
    EPOLL(SocketKind.EPOLL, false),
    NIO(SocketKind.NIO, false),
    TLS(SocketKind.RAW, true),
    TLS_NIO(SocketKind.NIO, true);

    private final SocketKind kind;
    private final boolean tls;

    Wire(SocketKind kind, boolean tls) {
        this.kind = kind;
        this.tls = tls;
    }

    boolean tls() {
        return tls;
    }

    SocketOptions sockets() {
        return SocketOptions.DEFAULTS.withKind(kind);
    }

    /** A transport over such sockets, on a free port. */
    TransportOptions options() {
        TransportOptions plain =
                TransportOptions.on("127.0.0.1", 0).withLoops(2).withSockets(sockets());
        return tls ? plain.withTls(TestCertificate.INSTANCE.options()) : plain;
    }
}
