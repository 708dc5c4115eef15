package dev.freshet.server.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.Hub;
import dev.freshet.hub.HubConfig;
import dev.freshet.hub.HubSources;
import dev.freshet.hub.access.AccessPolicy;
import dev.freshet.hub.fanout.setup.LaneExecutor;
import dev.freshet.hub.log.memory.MemoryLog;
import dev.freshet.hub.log.memory.MemoryLogOptions;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.server.auth.Authenticator;
import dev.freshet.server.http.Exchange;
import dev.freshet.server.http.Headers;
import dev.freshet.server.http.HttpVersion;
import dev.freshet.server.http.Loop;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.Target;
import dev.freshet.server.http.stream.ByteStream;
import dev.freshet.server.http.stream.StreamListener;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the memory log a publish is parsed, appended and answered within the call of its handler. */
class PublishPathTest {
    private final WaitingLane lane = new WaitingLane();
    private final Hub hub = new Hub(
            HubConfig.DEFAULT,
            new MemoryLog("test", MemoryLogOptions.DEFAULT, InstantSource.system(), HubObserver.NONE),
            List.of(lane),
            new HubSources(System::nanoTime, InstantSource.system(), () -> new Random(1), HubObserver.NONE));
    private final PublishEndpoint endpoint =
            new PublishEndpoint(hub, Authenticator.NONE, AccessPolicy.OPEN, failure -> Response.empty(500));

    @BeforeEach
    void startTheLane() {
        lane.run();
    }

    @Test
    void anEventIsAnsweredBeforeTheHandlerReturns() {
        Publish publish = new Publish("/events/t", "text/plain", "x");
        endpoint.raw().handle(publish);

        assertThat(publish.answer()).isEqualTo("{\"id\":\"test-1\"}");
        assertThat(lane.tasks).as("the lane is woken, and has not run").hasSize(1);
    }

    @Test
    void aBatchIsOneAppendAndWakesALaneOnce() {
        String body = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> "{\"topic\":\"t\",\"data\":\"" + i + "\"}\n")
                .collect(Collectors.joining());
        Publish publish = new Publish("/events", "application/x-ndjson", body);
        endpoint.described().handle(publish);

        assertThat(publish.answer())
                .startsWith("{\"ids\":[\"test-1\",\"test-2\",")
                .endsWith(",\"test-2r\",\"test-2s\"]}");
        assertThat(lane.tasks).hasSize(1);
    }

    /** A lane whose tasks wait. */
    private static final class WaitingLane implements LaneExecutor {
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        @Override
        public boolean inLane() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void schedule(Runnable task, Duration delay) {}

        private void run() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }

    /** A publish whose answer is kept, and whose loop is not to be asked for anything. */
    private static final class Publish implements Exchange {
        private final Request request;
        private Optional<Response> response = Optional.empty();

        private Publish(String target, String type, String body) {
            this.request = new Request(
                            "POST",
                            Target.parse(target),
                            Headers.of("Content-Type", type),
                            HttpVersion.HTTP_1_1,
                            new InetSocketAddress(0))
                    .withBody(body.getBytes(StandardCharsets.UTF_8));
        }

        private String answer() {
            return response.map(answer -> new String(answer.body(), StandardCharsets.UTF_8))
                    .orElse("none");
        }

        @Override
        public Request request() {
            return request;
        }

        @Override
        public String pathParameter(String name) {
            return "t";
        }

        @Override
        public Loop loop() {
            throw new AssertionError("loop: asked for (expected: no other turn)");
        }

        @Override
        public void respond(Response answer) {
            response = Optional.of(answer);
        }

        @Override
        public ByteStream stream(Response head, byte[] opening, StreamListener listener) {
            throw new AssertionError("stream: opened (expected: a response)");
        }
    }
}
