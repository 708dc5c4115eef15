package dev.freshet.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Setting<Integer> PORT =
            new Setting<>("http.port", SettingType.integer(0, 65_535), "8080", "Where to listen.");
    private static final Setting<Long> HEAD =
            new Setting<>("http.head.max-bytes", SettingType.size(1024, 1 << 20), "16 KiB", "The largest head.");
    private static final Setting<Duration> IDLE = new Setting<>(
            "http.idle-timeout", SettingType.duration(Duration.ofMillis(1), Duration.ofHours(1)), "75s", "How long.");
    private static final Setting<List<String>> ORIGINS =
            new Setting<>("cors.origins", SettingType.LIST, "", "Who may read.");
    private static final Setting<Boolean> DELAY =
            new Setting<>("http.delay", SettingType.BOOLEAN, "false", "Whether to wait.");
    private static final List<Setting<?>> KNOWN = List.of(PORT, HEAD, IDLE, ORIGINS, DELAY);

    @TempDir
    Path folder = Path.of("");

    private static Settings load(Map<String, String> environment, Map<String, String> flags) {
        return Settings.load(KNOWN, Optional.empty(), environment, flags);
    }

    private Settings file(String yaml) throws IOException {
        return Settings.load(
                KNOWN, Optional.of(Files.writeString(folder.resolve("freshet.yaml"), yaml)), Map.of(), Map.of());
    }

    @Test
    void hasDefaults() {
        Settings settings = load(Map.of("PATH", "x", "HTTP_PORT", "1"), Map.of());
        assertThat(settings.get(PORT)).isEqualTo(8080);
        assertThat(settings.get(HEAD)).isEqualTo(16 * 1024);
        assertThat(settings.get(IDLE)).isEqualTo(Duration.ofSeconds(75));
        assertThat(settings.get(ORIGINS)).isEmpty();
        assertThat(settings.get(DELAY)).isFalse();
    }

    @Test
    void readsAFile() throws IOException {
        Settings settings = file("""
                http.port: 9000
                http:
                  head.max-bytes: 32k
                  idle-timeout: PT2S
                  delay: true
                cors:
                  origins:
                    - https://a.example
                    - https://b.example
                """);
        assertThat(settings.get(PORT)).isEqualTo(9000);
        assertThat(settings.get(HEAD)).isEqualTo(32 * 1024);
        assertThat(settings.get(IDLE)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.get(DELAY)).isTrue();
        assertThat(settings.get(ORIGINS)).containsExactly("https://a.example", "https://b.example");
    }

    @Test
    void takesAnEmptyFile() throws IOException {
        assertThat(file("# nothing yet\n").get(PORT)).isEqualTo(8080);
    }

    @Test
    void takesTheStrongestSource() throws IOException {
        Path file =
                Files.writeString(folder.resolve("f.yaml"), "http: {port: 1, idle-timeout: 1s, head: {max-bytes: 1k}}");
        Map<String, String> environment = Map.of("FRESHET_HTTP_PORT", "2", "FRESHET_HTTP_IDLE_TIMEOUT", "2s");
        Settings settings = Settings.load(KNOWN, Optional.of(file), environment, Map.of("http.port", "3"));
        assertThat(settings.get(PORT)).isEqualTo(3);
        assertThat(settings.get(IDLE)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.get(HEAD)).isEqualTo(1024);
    }

    @Test
    void splitsListsOutsideOfFiles() {
        assertThat(load(Map.of("FRESHET_CORS_ORIGINS", " a , b,"), Map.of()).get(ORIGINS))
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({"16384,16384", "16k,16384", "1 MiB,1048576", "16 KiB,16384", "2048b,2048"})
    void readsSizes(String text, long bytes) {
        assertThat(load(Map.of(), Map.of("http.head.max-bytes", text)).get(HEAD))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "15s,15000", "10m,600000", "1h,3600000", "PT15S,15000", "PT0.5S,500"})
    void readsDurations(String text, long ms) {
        assertThat(load(Map.of(), Map.of("http.idle-timeout", text)).get(IDLE)).isEqualTo(Duration.ofMillis(ms));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http.port=65536",
                "http.port=-1",
                "http.port=x",
                "http.port=99999999999999999999",
                "http.head.max-bytes=1",
                "http.head.max-bytes=99999999999999g",
                "http.head.max-bytes=2 MB MB",
                "http.idle-timeout=15",
                "http.idle-timeout=2h",
                "http.idle-timeout=999999999999d",
                "http.delay=yes"
            })
    void tellsKeyValueSourceAndWhatWasExpected(String flag) {
        String key = flag.split("=")[0];
        String value = flag.split("=")[1];
        assertThatThrownBy(() -> load(Map.of(), Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(key + ": " + value + ", on the command line (expected: ");
    }

    @Test
    void suggestsTheNearestKey() {
        assertThatThrownBy(() -> load(Map.of(), Map.of("http.prot", "1")))
                .hasMessage("http.prot: unknown, on the command line (did you mean http.port?)");
        assertThatThrownBy(() -> load(Map.of("FRESHET_HTTP_PROT", "1"), Map.of()))
                .hasMessage("FRESHET_HTTP_PROT: unknown, in the environment (did you mean FRESHET_HTTP_PORT?)");
        assertThatThrownBy(() -> file("htp:\n  port: 1\n"))
                .hasMessageContaining("htp.port: unknown")
                .hasMessageContaining("http.port");
        assertThatThrownBy(() -> load(Map.of(), Map.of("something.else.entirely", "1")))
                .hasMessageContaining("expected: one of");
    }

    @Test
    void tellsWhatIsWrongWithTheFile() throws IOException {
        assertThatThrownBy(() -> file("http: [unclosed"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "config: " + folder.resolve("freshet.yaml") + " is not YAML: line 1, column 16: ")
                .hasMessageNotContaining("string");
        assertThatThrownBy(() -> Settings.load(KNOWN, Optional.of(folder.resolve("missing")), Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("cannot be read: there is no such file");
        assertThatThrownBy(() -> Settings.load(KNOWN, Optional.of(folder), Map.of(), Map.of()))
                .hasMessageContaining("it is a folder");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> Settings.load(KNOWN, Optional.of(binary), Map.of(), Map.of()))
                .hasMessageContaining("not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- http.port", "9000", "port 9000"})
    void aFileWithoutKeysIsNotPassedOver(String yaml) {
        assertThatThrownBy(() -> file(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has no keys (expected: such as http.port: 9000)");
    }

    @Test
    void aKeyStandsOnceInAFile() {
        assertThatThrownBy(() -> file("http: {port: 1}\nhttp: {port: 2}\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("duplicate key http");
    }

    @Test
    void anEmptyValueIsNamed() {
        assertThatThrownBy(() -> load(Map.of("FRESHET_HTTP_PORT", ""), Map.of()))
                .hasMessageStartingWith("http.port: empty, in the environment (expected: ");
    }

    @Test
    void aDirectoryIsNotEmptyAndAListMayBe() {
        Setting<Optional<Path>> data = new Setting<>("log.data", SettingType.DIRECTORY, "", "Where.");
        List<Setting<?>> known = List.of(data, ORIGINS);
        assertThat(Settings.load(known, Optional.empty(), Map.of(), Map.of()).get(data))
                .isEmpty();
        assertThat(Settings.load(known, Optional.empty(), Map.of(), Map.of("log.data", "a"))
                        .get(data))
                .contains(Path.of("a"));
        assertThat(Settings.load(known, Optional.empty(), Map.of(), Map.of("cors.origins", ""))
                        .get(ORIGINS))
                .isEmpty();
        assertThatThrownBy(() -> Settings.load(known, Optional.empty(), Map.of(), Map.of("log.data", " ")))
                .hasMessage("log.data: empty, on the command line (expected: a directory)");
    }

    @Test
    void aWrongValueIsToldAlthoughAStrongerOneCoversIt() throws IOException {
        Path file = Files.writeString(folder.resolve("f.yaml"), "http: {port: eighty}");
        assertThatThrownBy(() -> Settings.load(KNOWN, Optional.of(file), Map.of(), Map.of("http.port", "3")))
                .hasMessage("http.port: eighty, in " + file + " (expected: a number from 0 to 65535)");
    }

    @Test
    void tellsWhereAValueComesFrom() throws IOException {
        Path file = Files.writeString(folder.resolve("f.yaml"), "http: {port: 1}\ncors: {origins: [a, b]}");
        Settings settings = Settings.load(KNOWN, Optional.of(file), Map.of(), Map.of("http.port", "3"));
        assertThat(settings.place(PORT)).contains("on the command line");
        assertThat(settings.place(ORIGINS)).contains("in " + file);
        assertThat(settings.place(HEAD)).isEmpty();
    }

    @Test
    void knowsOnlyWhatWasLoaded() {
        Settings settings = Settings.load(List.of(PORT), Optional.empty(), Map.of(), Map.of());
        assertThatThrownBy(() -> settings.get(HEAD)).isInstanceOf(IllegalArgumentException.class);
    }
}
