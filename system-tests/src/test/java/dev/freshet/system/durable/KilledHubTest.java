package dev.freshet.system.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.system.durable.crowd.CommonOrder;
import dev.freshet.system.durable.crowd.EventText;
import dev.freshet.system.durable.crowd.HubClient;
import dev.freshet.system.durable.crowd.Ledger;
import dev.freshet.system.durable.crowd.Load;
import dev.freshet.system.durable.crowd.PassingNoise;
import dev.freshet.system.durable.crowd.PlainStream;
import dev.freshet.system.durable.crowd.Post;
import dev.freshet.system.durable.crowd.Verdict;
import dev.freshet.system.durable.crowd.Witness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub that is killed again and again, at random moments, while programs publish and read: whatever was acknowledged is
 * there afterwards, once and in order, and what publishers and subscribers hold of the hub still means the same.
 *
 * <p>{@code -Dkills=1000} for longer, {@code -Dseed=} for the same choices (the processes still choose their own moments).
 */
class KilledHubTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int LONGEST_START_MS = 600;
    private static final int LONGEST_LIFE_MS = 400;
    private static final String END = "end:0";

    /** Most of what is resumed has left the window, and is read from the disk. */
    private static final String[] SETTINGS = {"stream.retry=100ms", "window.max-events=512"};

    private final int kills = Integer.getInteger("kills", 50);
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final int port = HubProcess.freePort();
    private final URI hub = HubProcess.uri(port);
    private final HubClient client = new HubClient(hub);
    private final PassingNoise noise = new PassingNoise(hub);
    private final Ledger ledger = new Ledger();
    private final CommonOrder order = new CommonOrder();
    /** The label of the event that came first after a publisher's own id, and that id. */
    private final Map<String, String> resumedAt = new HashMap<>();

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void whatWasAcknowledgedIsThereOnceAndInOrderHoweverOftenTheHubIsKilled() throws Exception {
        System.out.println("KilledHubTest: -Dseed=" + seed + " -Dkills=" + kills);
        try (Witness first = Witness.withClient("client", hub.resolve(Witness.EVERYTHING), order);
                Witness second = Witness.withClient("client of all topics", hub.resolve(Witness.ALL_TOPICS), order);
                Witness third = Witness.withSocket("socket", hub.resolve(Witness.EVERYTHING), order);
                Witness slow = Witness.withSocket("slow socket", hub.resolve(Witness.ALL_TOPICS), order)) {
            Load load = Load.start(hub, ledger, random);
            for (int kill = 0; kill < kills; kill++) {
                slow.rest(random.nextBoolean());
                live(load);
            }
            slow.rest(false);
            end(load, List.of(first, second, third, slow));
        }
        report(Verdict.on(ledger, order));
    }

    /** From a start to a kill. */
    private void live(Load load) throws Exception {
        try (HubProcess process = HubProcess.start(directory, port, SETTINGS)) {
            if (random.nextInt(6) == 0) {
                Thread.sleep(random.nextInt(LONGEST_START_MS));
                return;
            }
            process.awaitReady();
            if (random.nextBoolean()) {
                noise.make();
                askAgain();
                resumeAfter(load.anyNamed(random));
            }
            Thread.sleep(random.nextInt(LONGEST_LIFE_MS));
        }
    }

    /** A key that was acknowledged in an earlier life gets the same ids. */
    private void askAgain() {
        Optional<Post> post = ledger.anyRepeatable(random);
        post.flatMap(client::publish).ifPresent(answer -> {
            List<String> labels = post.get().labels();
            if (!answer.isAcknowledged() || !answer.ids().equals(ledger.ids(labels))) {
                ledger.onFault(labels + " again: " + answer + " (expected: " + ledger.ids(labels) + ")");
            }
        });
    }

    private void resumeAfter(Optional<String> ownId) throws IOException {
        if (ownId.isPresent()) {
            try (PlainStream stream = PlainStream.open(hub.resolve(Witness.EVERYTHING), ownId.get())) {
                resumedAt.put(ownId.get(), EventText.labelOf(stream.next().data()));
            }
        }
    }

    private void end(Load load, List<Witness> witnesses) throws Exception {
        try (HubProcess process = HubProcess.start(directory, port, SETTINGS).awaitReady();
                Witness late = Witness.withSocket("latecomer", hub.resolve(Witness.EVERYTHING), order)) {
            load.stop();
            assertThat(load.publish(END)).isPresent();
            await().atMost(SOON)
                    .until(() -> late.sawAllTo(END) && witnesses.stream().allMatch(one -> one.sawAllTo(END)));
            process.stop();
        }
        assertThat(checkOfFile()).isEqualTo("ok");
    }

    private String checkOfFile() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("freshet.db"));
                ResultSet row = connection.createStatement().executeQuery("PRAGMA integrity_check")) {
            return row.getString(1);
        }
    }

    private void report(Verdict verdict) {
        resumedAt.forEach((ownId, label) ->
                assertThat(verdict.after(ownId).label()).as("after %s", ownId).isEqualTo(label));
        int acknowledged = ledger.size();
        System.out.printf(
                "KilledHubTest: %d kills, %d events acknowledged, %d more in the log, %d resumes by own ids; none lost, none"
                        + " doubled%n",
                kills, acknowledged, order.size() - acknowledged, resumedAt.size());
        assertThat(acknowledged).as("or there was no load").isGreaterThan(kills * 10);
    }
}
