package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"auto", "nio"})
class ManyPublishersTest {
    private static final int PUBLISHERS = 64;
    private static final int EACH = 100;

    @Parameter
    String sockets;

    @Test
    void allSubscribersSeeOneOrderAndMissNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
        try (RunningServer server = RunningServer.with("http.sockets", sockets);
                Streaming first = server.subscribe("/events/t");
                Streaming second = server.subscribe("/events?topic=*")) {
            List<Future<?>> publishers = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                int number = i;
                publishers.add(threads.submit(() -> publish(server, number)));
            }
            List<ServerSentEvent> seen = read(first);
            for (Future<?> publisher : publishers) {
                publisher.get();
            }
            assertThat(read(second)).isEqualTo(seen);
            assertOrder(seen);
            try (Streaming late = server.subscribe("/events/t?last=10000")) {
                assertThat(read(late)).isEqualTo(seen);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void publish(RunningServer server, int number) throws IOException {
        try (Wire wire = server.connect()) {
            for (int i = 0; i < EACH; i++) {
                Reply reply =
                        wire.request("POST", "/events/t", number + " " + i).reply();
                assertThat(reply.status()).isEqualTo(200);
            }
        }
        return null;
    }

    private static List<ServerSentEvent> read(Streaming stream) throws IOException {
        List<ServerSentEvent> events = new ArrayList<>();
        while (events.size() < PUBLISHERS * EACH) {
            events.add(stream.next());
        }
        return events;
    }

    /** The ids count up, and the events of each publisher come in its order, none missing. */
    private static void assertOrder(List<ServerSentEvent> seen) {
        assertThat(seen)
                .extracting(event -> offset(event))
                .isSortedAccordingTo(Comparator.naturalOrder())
                .doesNotHaveDuplicates();
        Map<String, Integer> next = new HashMap<>();
        for (ServerSentEvent event : seen) {
            String[] parts = event.data().split(" ");
            assertThat(Integer.parseInt(parts[1])).isEqualTo(next.merge(parts[0], 1, Integer::sum) - 1);
        }
        assertThat(next).hasSize(PUBLISHERS);
    }

    private static long offset(ServerSentEvent event) {
        return Long.parseLong(event.id().orElseThrow().split("-")[1], 36);
    }
}
