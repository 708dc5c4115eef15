package dev.freshet.lab.churn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.server.HubServer;
import dev.freshet.server.ServerConfig;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChurnTest {
    private static final Kept SOME = new Kept(100, 1000, 1000, 1_000_000);

    @Test
    void someThousandConnectionsLeaveNothing() throws Exception {
        Map<String, String> flags = Map.of("http.port", "0", "http.loops", "2", "window.max-bytes", "4 MiB");
        try (HubServer hub = HubServer.start(ServerConfig.load(Optional.empty(), Map.of(), flags))) {
            Churn churn = new Churn(hub.address().getPort());
            churn.run(800);
            Kept before = Kept.now();
            churn.run(2400);

            assertThat(Kept.now().descriptors()).isLessThanOrEqualTo(before.descriptors() + 8);
        }
    }

    @Test
    void whatGrewByMoreThanTheJvmDoesCounts() {
        assertThat(new Kept(105, 4000, 900, 1_003_000).isMoreThan(SOME, 1000)).isFalse();
        assertThat(new Kept(109, 1000, 1000, 1_000_000).isMoreThan(SOME, 1000)).isTrue();
        assertThat(new Kept(100, 6000, 1000, 1_000_000).isMoreThan(SOME, 1000)).isTrue();
        assertThat(new Kept(100, 1000, 6000, 1_000_000).isMoreThan(SOME, 1000)).isTrue();
        assertThat(new Kept(100, 1000, 1000, 1_005_000).isMoreThan(SOME, 1000)).isTrue();
    }
}
