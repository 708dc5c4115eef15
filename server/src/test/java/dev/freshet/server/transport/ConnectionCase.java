package dev.freshet.server.transport;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** A test with a server on some wire, and one client that is connected to it. */
abstract class ConnectionCase {
    @Parameter
    Wire wire = Wire.NIO;

    TestServer server;
    RawClient client;

    @BeforeEach
    void open() throws IOException {
        server = new TestServer(wire);
        client = server.connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }
}
