package dev.freshet.lab.bench;

import java.util.List;
import java.util.Map;

/**
 * What is compared, and what came out.
 *
 * @param peers the servers' names with their versions, in the order of the columns; Freshet is the first
 * @param rows the rows that were measured
 * @param rounds how often
 * @param loader which load generator
 * @param results the runs
 */
record Comparison(Map<String, String> peers, List<Row> rows, int rounds, String loader, Results results) {
    static final String FRESHET = "Freshet";

    List<String> names() {
        return List.copyOf(peers.keySet());
    }
}
