/**
 * The server: {@link dev.freshet.server.HubServer} wires log, hub, endpoints and transport by hand and ends them in order;
 * {@link dev.freshet.server.ServerConfig} holds every limit. The only package that sees everything. Thread-safe.
 */
@NullMarked
package dev.freshet.server;

import org.jspecify.annotations.NullMarked;
