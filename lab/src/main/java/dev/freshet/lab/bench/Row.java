package dev.freshet.lab.bench;

import dev.freshet.lab.bench.figure.Figure;
import dev.freshet.lab.bench.figure.Outcome;
import dev.freshet.lab.peers.Peer.Ability;
import dev.freshet.lab.peers.RunningPeer;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * A load that every server with the abilities for it is put under.
 *
 * @param name one word, for options
 * @param title what is asked
 * @param command the load, as the options of {@code lab/load}
 * @param needs what a server must be able to do
 * @param withFloor whether the floor is measured too
 * @param figures what it tells
 * @param course how it is run
 */
record Row(
        String name,
        String title,
        String command,
        Set<Ability> needs,
        boolean withFloor,
        List<Figure> figures,
        Course course) {

    /** One run on a server that was just started. */
    interface Course {
        Outcome run(RunningPeer peer, Loaders loaders, Effort effort) throws IOException;
    }
}
