package dev.freshet.lab.bench;

import dev.freshet.lab.bench.figure.Outcome;
import dev.freshet.lab.bench.figure.Texts;
import dev.freshet.lab.peers.Peer;
import dev.freshet.lab.peers.RunningPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs rounds: in each round each row, in each row each server in turn. Confined to one thread. */
final class Bench {
    /** Below those that the kernel gives to clients. */
    private static final int FIRST_PORT = 18_100;

    private final List<Peer> peers;
    private final Loaders loaders;
    private final Effort effort;
    private final Path folder;
    private final Results results = new Results();
    private int runs;

    Bench(List<Peer> peers, Loaders loaders, Effort effort, Path folder) {
        this.peers = peers;
        this.loaders = loaders;
        this.effort = effort;
        this.folder = folder;
    }

    Results run(List<Row> rows, int rounds) throws IOException {
        for (int round = 1; round <= rounds; round++) {
            for (Row row : rows) {
                for (Peer peer : peers) {
                    if (isAble(peer, row)) {
                        run(round, row, peer);
                    }
                }
            }
        }
        return results;
    }

    private static boolean isAble(Peer peer, Row row) {
        boolean isFloor = peer.name().equals(Results.FLOOR);
        return isFloor ? row.withFloor() : peer.abilities().containsAll(row.needs());
    }

    private void run(int round, Row row, Peer peer) throws IOException {
        Outcome outcome = outcome(row, peer);
        results.add(round, peer.name(), row.name(), outcome);
        System.err.printf("round %d, %s, %s:", round, row.name(), peer.name());
        row.figures()
                .forEach(figure ->
                        System.err.printf(" %s %s,", figure.title(), Texts.number(outcome.figure(figure.key()))));
        System.err.println(" " + outcome.trouble().orElse("all well"));
    }

    private Outcome outcome(Row row, Peer peer) throws IOException {
        int number = runs++;
        Path own = Files.createDirectories(folder.resolve("run" + number));
        try (RunningPeer running = RunningPeer.start(peer, FIRST_PORT + number, own)) {
            return row.course().run(running, loaders, effort);
        } catch (IOException e) {
            return Outcome.failed(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("failed"));
        }
    }
}
