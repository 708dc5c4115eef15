package dev.freshet.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.bench.figure.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageTest {
    private final Row row = Rows.all().get(0);
    private final Results results = new Results();

    @Test
    void tellsWhereFreshetLosesAndWhatWentWrong() {
        run("Freshet", 9, 100);
        run("floor", 4, 200);
        results.add(1, "nchan", row.name(), new Outcome(figures(6, 90), Optional.of("5 deliveries missing")));

        String page = Page.of(comparison(), "2026-01-02", "lab/bench");

        assertThat(page)
                .contains("| CPU per delivery, us | 9 (2.25) | 4 | 6 (1.5) (!) |")
                .contains(
                        "nchan has the better CPU per delivery, us: 6, Freshet 9 (though not without trouble, see below)")
                .doesNotContain("nchan has the better deliveries/s")
                .contains("1 of 1 runs: 5 deliveries missing");
    }

    @Test
    void aServerThatGaveNothingHasADash() {
        run("Freshet", 9, 100);

        assertThat(Page.table(comparison())).contains("| deliveries/s | 100 | - | - |");
    }

    private void run(String peer, double cpu, double deliveries) {
        results.add(1, peer, row.name(), Outcome.of(figures(cpu, deliveries)));
    }

    private static Map<String, Double> figures(double cpu, double deliveries) {
        return Map.of("server_cpu_us_per_delivery", cpu, "deliveries_per_s", deliveries);
    }

    private Comparison comparison() {
        Map<String, String> peers = new LinkedHashMap<>();
        List.of("Freshet", "floor", "nchan").forEach(name -> peers.put(name, "1"));
        return new Comparison(peers, List.of(row), 1, "lab/load", results);
    }
}
