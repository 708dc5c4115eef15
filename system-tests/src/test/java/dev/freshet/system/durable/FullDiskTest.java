package dev.freshet.system.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.system.durable.crowd.CommonOrder;
import dev.freshet.system.durable.crowd.EventText;
import dev.freshet.system.durable.crowd.HubClient;
import dev.freshet.system.durable.crowd.Ledger;
import dev.freshet.system.durable.crowd.Load;
import dev.freshet.system.durable.crowd.PlainStream;
import dev.freshet.system.durable.crowd.Post;
import dev.freshet.system.durable.crowd.Verdict;
import dev.freshet.system.durable.crowd.Witness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub whose disk has no room left, and then has some again. */
class FullDiskTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String END = "end:0";
    private static final String[] SETTINGS = {"stream.retry=100ms", "stream.heartbeat=100ms", "window.max-events=256"};

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final int port = HubProcess.freePort();
    private final URI hub = HubProcess.uri(port);
    private final HubClient client = new HubClient(hub);
    private final Ledger ledger = new Ledger();
    private final CommonOrder order = new CommonOrder();

    private long probes;

    @TempDir
    private Path directory;

    /** Once other files take all that the hub has left free, and once not so much; there it is killed, too. */
    @Test
    void publishesAreRefusedWhileReadsGoOnAndNothingAcknowledgedIsLost() throws Exception {
        System.out.println("FullDiskTest: -Dseed=" + seed);
        try (TinyDisk disk = TinyDisk.mount(directory, "size=96m");
                Witness first = Witness.withClient("client", hub.resolve(Witness.EVERYTHING), order);
                Witness second = Witness.withSocket("socket", hub.resolve(Witness.EVERYTHING), order)) {
            Load load;
            try (HubProcess process = start().awaitReady()) {
                load = Load.start(hub, ledger, new Random(seed));
                awaitAcknowledged(1000);
                disk.fillBut(0);
                awaitRefusal(load);
                assertThatReadsGoOn();
                disk.makeRoom();
                awaitAcknowledged(ledger.size() + 1000);
                disk.fillBut(16 << 20);
                awaitRefusal(load);
                process.kill();
            }
            try (HubProcess process = start().awaitReady()) {
                awaitRefusal(load);
                assertThatReadsGoOn();
                disk.makeRoom();
                load.stop();
                assertThat(load.publish(END)).isPresent();
                await().atMost(SOON).until(() -> first.sawAllTo(END) && second.sawAllTo(END));
                process.stop();
            }
        }
        Verdict.on(ledger, order);
    }

    @Test
    void aHubThatCannotBeginItsLogSaysThatThereIsNoRoom() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(directory, "size=64k")) {
            disk.fillBut(0);
            try (HubProcess process = start()) {
                assertThat(process.awaitExit()).isEqualTo(1);
                assertThat(process.complaints())
                        .singleElement()
                        .asString()
                        .contains(directory + ": no room on the disk");
            }
        }
    }

    /** The log alone has filled the disk. When it is told to keep less, it makes room, and goes on. */
    @Test
    void retentionMakesRoom() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(directory, "size=128m")) {
            int batch = 0;
            try (HubProcess process = HubProcess.start(disk.path(), port).awaitReady()) {
                while (isAcknowledged(batch(batch))) {
                    batch++;
                }
                process.kill();
            }
            assertThat(batch).as("batches that fit").isGreaterThan(100);
            try (HubProcess process = HubProcess.start(disk.path(), port, "log.retention.max-bytes=16 MiB")
                    .awaitReady()) {
                for (int end = batch + 60; batch < end; batch++) {
                    Post next = batch(batch);
                    await().atMost(SOON)
                            .until(() -> client.publish(next).orElseThrow().isAcknowledged());
                }
                try (PlainStream last = PlainStream.open(hub.resolve("/events/t0?last=1"), "")) {
                    assertThat(last.next().data()).startsWith("batch " + (batch - 1) + " ");
                }
                process.stop();
            }
        }
    }

    private HubProcess start() {
        return HubProcess.start(directory, port, SETTINGS);
    }

    private void awaitAcknowledged(int events) {
        await().atMost(SOON).until(() -> ledger.size() >= events);
    }

    private boolean isAcknowledged(Post post) {
        return client.publish(post).orElseThrow().isAcknowledged();
    }

    private void awaitRefusal(Load load) {
        await().atMost(SOON).untilAsserted(() -> {
            HubClient.Answer answer =
                    load.publish(EventText.label("probe", probes++)).orElseThrow();
            assertThat(answer.status()).isEqualTo(507);
            assertThat(answer.text("type")).endsWith("/storage-full");
            assertThat(answer.text("detail")).contains("no room on the disk", "goes on by itself");
        });
        assertThat(client.get("/healthz").orElseThrow().status()).isEqualTo(200);
    }

    /** From the beginning, which has left the window; the newest; and a stream that stays open. */
    private void assertThatReadsGoOn() throws IOException {
        List<CommonOrder.Event> events = order.events();
        try (PlainStream all = PlainStream.open(hub.resolve(Witness.EVERYTHING), "")) {
            for (int i = 0; i < 500; i++) {
                assertThat(EventText.labelOf(all.next().data()))
                        .isEqualTo(events.get(i).label());
            }
        }
        try (PlainStream last = PlainStream.open(hub.resolve("/events/t0?last=1"), "")) {
            assertThat(last.next().data()).isNotEmpty();
            last.awaitComment();
        }
    }

    private static Post batch(int number) {
        String data = "batch " + number + " " + "x".repeat(1000);
        String lines = IntStream.range(0, 100)
                .mapToObj(i -> "{\"topic\":\"t0\",\"data\":\"" + data + "\"}")
                .collect(Collectors.joining("\n"));
        return new Post("/events", "application/x-ndjson", Optional.of("batch-" + number), lines, List.of());
    }
}
