package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscribers that stop reading cost a cursor and the rest of one event, and are told what they missed. */
class StalledSubscribersTest {
    private static final int STALLED = 40;
    private static final int BATCH = 100;
    /** So many batches fill the window. */
    private static final int FULL = 25;

    private static final int BATCHES = 60;
    private static final int EVENT_BYTES = 2000;
    /** Each may keep the rest of one event; a queue for each would hold 12 MB forty times. */
    private static final long MAX_GROWTH_BYTES = (STALLED * EVENT_BYTES) + (2 << 20);

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.with("window.max-bytes", "4 MiB");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void holdNoMemoryAndHarmNobody() throws IOException {
        List<Streaming> stalled = new ArrayList<>();
        for (int i = 0; i < STALLED; i++) {
            stalled.add(server.subscribe("/events/t"));
        }
        try (Streaming reader = server.subscribe("/events/t");
                Wire publisher = server.connect()) {
            publishAndRead(publisher, reader, 0, FULL);
            long before = memoryBytes();
            publishAndRead(publisher, reader, FULL, BATCHES);
            assertThat(memoryBytes() - before).isLessThan(MAX_GROWTH_BYTES);
        }
        seesAGapAndThenTheRest(stalled.get(0));
        for (Streaming stream : stalled) {
            stream.close();
        }
    }

    private static void publishAndRead(Wire publisher, Streaming reader, int fromBatch, int toBatch)
            throws IOException {
        for (int batch = fromBatch; batch < toBatch; batch++) {
            List<String> data = IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                    .mapToObj(StalledSubscribersTest::data)
                    .toList();
            String body = data.stream()
                    .map(each -> "{\"topic\":\"t\",\"data\":\"" + each + "\"}\n")
                    .collect(Collectors.joining());
            assertThat(publisher
                            .request("POST", "/events", body, "Content-Type: application/x-ndjson")
                            .reply()
                            .status())
                    .isEqualTo(200);
            assertThat(reader.nextData(BATCH)).isEqualTo(data);
        }
    }

    private static String data(int number) {
        String digits = Integer.toString(number);
        return digits + "-".repeat(EVENT_BYTES - digits.length());
    }

    private static void seesAGapAndThenTheRest(Streaming stream) throws IOException {
        int last = -1;
        int gaps = 0;
        while (last < BATCHES * BATCH - 1) {
            ServerSentEvent event = stream.next();
            if (event.type().equals("gap")) {
                gaps++;
            } else {
                int number =
                        Integer.parseInt(event.data().substring(0, event.data().indexOf('-')));
                assertThat(number).isGreaterThan(last);
                assertThat(number == last + 1 || gaps > 0).isTrue();
                last = number;
            }
        }
        assertThat(gaps).isPositive();
    }

    /** Live heap, and memory off it. */
    private static long memoryBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        long directBytes = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return directBytes
                + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
