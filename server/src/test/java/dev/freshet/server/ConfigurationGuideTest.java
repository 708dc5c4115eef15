package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationGuideTest {
    private static final Path PAGE = Path.of("../docs/guide/configuration.md");
    private static final String COMMAND = "./mvnw -pl server -am test -Dtest=ConfigurationGuideTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dguide=write";

    @Test
    void thePageSaysWhatTheServerReads() throws IOException {
        if (System.getProperty("guide", "").equals("write")) {
            Files.writeString(PAGE, ConfigurationGuide.markdown());
        }
        assertThat(PAGE).as("to be written anew with: " + COMMAND).content().isEqualTo(ConfigurationGuide.markdown());
    }

    @Test
    void theExampleOfThePageCanBeUsed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.yaml"), ConfigurationGuide.example());
        ServerConfig config = ServerConfig.load(Optional.of(file), Map.of(), Map.of());

        assertThat(config.transport().port()).isEqualTo(9000);
        assertThat(config.hub().window().maxBytes()).isEqualTo(1L << 30);
    }
}
