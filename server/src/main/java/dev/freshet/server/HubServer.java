package dev.freshet.server;

import dev.freshet.hub.Hub;
import dev.freshet.hub.HubSources;
import dev.freshet.hub.access.AccessPolicy;
import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.server.admin.HealthEndpoints;
import dev.freshet.server.admin.StaticFiles;
import dev.freshet.server.auth.Authenticator;
import dev.freshet.server.guard.CorsPolicy;
import dev.freshet.server.http.route.BodyLimit;
import dev.freshet.server.http.route.Handler;
import dev.freshet.server.http.route.Route;
import dev.freshet.server.http.route.Router;
import dev.freshet.server.publish.PublishEndpoint;
import dev.freshet.server.stream.SubscribeEndpoint;
import dev.freshet.server.transport.HttpServerTransport;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hub that is served over HTTP. Thread-safe. Wires all parts by hand, and ends them in order:
 *
 * <pre>
 *   start:  log -> loops -> hub (a lane on each loop) -> endpoints -> listening socket
 *   close:  listening socket -> hub (streams end) -> what is under way -> loops
 * </pre>
 */
public final class HubServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubServer.class);

    private final ServerConfig config;
    private final HttpServerTransport transport;
    private final Hub hub;
    private final Authenticator authenticator;
    private final AccessPolicy policy;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private HubServer(
            ServerConfig config,
            HttpServerTransport transport,
            Hub hub,
            Authenticator authenticator,
            AccessPolicy policy) {
        this.config = config;
        this.transport = transport;
        this.hub = hub;
        this.authenticator = authenticator;
        this.policy = policy;
    }

    /**
     * Starts a server without rights: everybody may publish and read, and private events reach nobody. Blocks until it
     * listens.
     *
     * @param config all its limits
     * @return the server
     * @throws IOException if the log cannot be opened, the certificate not used or the address not bound; the message says which
     */
    public static HubServer start(ServerConfig config) throws IOException {
        return start(config, Authenticator.NONE, AccessPolicy.OPEN);
    }

    /**
     * Starts a server whose rights the program decides. Blocks until it listens.
     *
     * @param config all its limits
     * @param authenticator finds out who asks; called on the connections' loops, so it must not block
     * @param policy decides what they may publish and read; called on the same loops
     * @return the server
     * @throws IOException if the log cannot be opened, the certificate not used or the address not bound; the message says which
     */
    public static HubServer start(ServerConfig config, Authenticator authenticator, AccessPolicy policy)
            throws IOException {
        HubObserver observer = new LoggingObserver();
        EventLog log = LogChoice.open(config, observer);
        HttpServerTransport transport = new HttpServerTransport(config.transport());
        Hub hub = hub(config, log, transport, observer);
        HubServer server = new HubServer(config, transport, hub, authenticator, policy);
        try {
            transport.start(server.router());
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        LOG.info("Listening at {}", server.address());
        return server;
    }

    /**
     * Returns where the server listens.
     *
     * @return its address, with the port that it really has
     */
    public URI address() {
        String host = config.transport().host();
        String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return URI.create((isSecure() ? "https" : "http") + "://" + literal + ":" + transport.port());
    }

    private boolean isSecure() {
        return config.transport().tls().isPresent();
    }

    /**
     * Returns the hub that is served, for a program that publishes without HTTP. It belongs to the server, which closes it.
     *
     * @return the hub
     */
    public Hub hub() {
        return hub;
    }

    /**
     * Stops accepting, answers what is under way, asks every client to come back a little later, ends all streams, and
     * returns within the configured time. Blocks. Closing twice is closing once.
     */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            LOG.info("Stopping within {} ms", config.stopping().timeout().toMillis());
            long deadlineNanos = System.nanoTime() + config.stopping().timeout().toNanos();
            transport.stopAccepting();
            try {
                endStreams();
            } finally {
                transport.close(Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime())));
            }
            LOG.info("Stopped");
        }
    }

    private void endStreams() {
        hub.close(config.stopping().retrySpread())
                .completeOnTimeout(null, config.stopping().timeout().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static Hub hub(ServerConfig config, EventLog log, HttpServerTransport transport, HubObserver observer) {
        SecureRandom random = new SecureRandom();
        List<LoopLane> lanes = transport.loops().stream().map(LoopLane::new).toList();
        return new Hub(
                config.hub(),
                log,
                lanes,
                new HubSources(System::nanoTime, InstantSource.system(), () -> random, observer));
    }

    /** What is answered, and how. */
    Router router() {
        List<Route> routes = new ArrayList<>(eventRoutes());
        routes.addAll(new HealthEndpoints(hub).routes());
        routes.addAll(StaticFiles.routes());
        return new Router(routes, this::decorate);
    }

    private List<Route> eventRoutes() {
        SubscribeEndpoint subscribe = new SubscribeEndpoint(hub, authenticator, policy, InstantSource.system());
        PublishEndpoint publish = new PublishEndpoint(hub, authenticator, policy, HubProblems::response);
        long maxBodyBytes = config.bodies().maxBodyBytes();
        BodyLimit described =
                PublishEndpoint.describedLimit(maxBodyBytes, config.bodies().maxBatchBytes());
        return List.of(
                Route.get("/events", subscribe.byQuery()),
                Route.get("/events/{topic...}", subscribe.byPath()),
                Route.post("/events", described, publish.described()),
                Route.post("/events/{topic...}", BodyLimit.of(maxBodyBytes), publish.raw()));
    }

    private Handler decorate(Handler handler) {
        CorsPolicy cors = isSecure() ? config.cors().withHttps() : config.cors();
        return config.hosts().guard(cors.guard(HubProblems.explain(handler)));
    }
}
