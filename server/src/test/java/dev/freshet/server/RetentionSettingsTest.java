package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.log.durable.TopicRule;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.server.config.ConfigurationException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RetentionSettingsTest {
    @Test
    void keepsEverythingIfNothingIsSaid() {
        assertThat(retention()).isEqualTo(Retention.FOR_EVER);
    }

    @Test
    void readsLimitsAndRules() {
        Retention read = retention(
                "log.retention.max-age", "30d",
                "log.retention.max-events", "1000",
                "log.retention.max-bytes", "1 GiB",
                "log.retention.topics", "orders/{id}=last 1, logs/{+path}=10m, m/{a,b}=last 100 1h");

        assertThat(read.maxAge()).contains(Duration.ofDays(30));
        assertThat(read.maxEvents()).isEqualTo(OptionalLong.of(1000));
        assertThat(read.maxBytes()).isEqualTo(OptionalLong.of(1 << 30));
        assertThat(read.topics())
                .containsExactly(
                        rule("orders/{id}", OptionalInt.of(1), Optional.empty()),
                        rule("logs/{+path}", OptionalInt.empty(), Optional.of(Duration.ofMinutes(10))),
                        rule("m/{a,b}", OptionalInt.of(100), Optional.of(Duration.ofHours(1))));
    }

    @Test
    void aLogInMemoryHasNoneAndSaysSo() {
        for (String[] one : new String[][] {
            {"log.retention.max-age", "1d"},
            {"log.retention.max-events", "5"},
            {"log.retention.max-bytes", "1 GiB"},
            {"log.retention.topics", "a=last 1"}
        }) {
            assertThatThrownBy(() -> RunningServer.config(one))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith(
                            one[0] + ": without log.data, on the command line (expected: log.data as well");
        }
    }

    @Test
    void saysWhatARuleLooksLike() {
        for (String wrong :
                new String[] {"orders", "=last 1", "a=", "a=last", "a=last 0", "a=soon", "a=last 1 2 3", "{=last 1"}) {
            assertThatThrownBy(() -> retention("log.retention.topics", wrong))
                    .as(wrong)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("expected: rules such as orders/{id}=last 1");
        }
    }

    private static TopicRule rule(String selector, OptionalInt last, Optional<Duration> maxAge) {
        return new TopicRule(TopicSelector.parse(selector), last, maxAge);
    }

    private static Retention retention(String... settings) {
        String[] all = new String[settings.length + 2];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "log.data";
        all[settings.length + 1] = "data";
        return RunningServer.config(all).durable().orElseThrow().retention();
    }
}
