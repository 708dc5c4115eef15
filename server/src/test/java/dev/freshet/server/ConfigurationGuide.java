package dev.freshet.server;

import dev.freshet.server.config.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the page that explains every setting. Pure. */
final class ConfigurationGuide {
    private static final Map<String, String> SECTIONS = sections();

    private static final String HEAD = """
            # Configuration

            <!-- Generated from the settings of the server; a test holds it against them. Change the settings, not this page. -->

            Nothing has to be configured. What is, is looked for in three places, each stronger than the one before:

            1. a YAML file: `./freshet serve --config freshet.yaml`
            2. the environment: `FRESHET_HTTP_PORT=9000`
            3. the command line: `--set http.port=9000`; some have a flag of their own, such as `--port 9000`

            A key that is not known is an error, which says what may have been meant. Sizes are written as `1048576`, `16 KiB` or `1g`; durations as
            `500ms`, `15s`, `10m`, `1h`, `1d` or `PT15S`; lists as YAML lists, or with commas between their members. In the file, keys may be nested as
            below, or flat: `http.port: 9000`. A wrong value is an error even where a stronger place says otherwise, and so is an empty one, as `--data "$DIR"` is
            without a `DIR`; only lists may be empty. `log.retention` without `log.data` is an error too.

            ```yaml
            http:
              port: 9000
              hosts: [hub.example]        # the name that a proxy hands on
              body:
                max-bytes: 256 KiB
            cors:
              origins:
                - https://app.example
            stream:
              heartbeat: 10s
            window:
              max-events: 1000000
              max-bytes: 1 GiB
            ```
            """;

    private ConfigurationGuide() {}

    static String markdown() {
        Map<String, List<Setting<?>>> byPrefix = ServerConfig.settings().stream()
                .collect(Collectors.groupingBy(
                        setting -> setting.key().split("\\.", 2)[0], LinkedHashMap::new, Collectors.toList()));
        StringBuilder page = new StringBuilder(HEAD);
        byPrefix.forEach((prefix, settings) -> appendSection(page, prefix, settings));
        return page.toString();
    }

    /** The example of the page. */
    static String example() {
        int start = HEAD.indexOf("```yaml\n") + 8;
        return HEAD.substring(start, HEAD.indexOf("```", start));
    }

    private static void appendSection(StringBuilder page, String prefix, List<Setting<?>> settings) {
        String title = SECTIONS.get(prefix);
        if (title == null) {
            throw new AssertionError("section: " + prefix + " has no title here (expected: one of " + SECTIONS + ")");
        }
        page.append("\n## `").append(prefix).append("`: ").append(title).append("\n\n");
        page.append(
                "| key, and its name in the environment | default | expected | what it is for |\n|---|---|---|---|\n");
        settings.forEach(setting -> page.append(row(setting)));
    }

    private static String row(Setting<?> setting) {
        String defaultText = setting.defaultText().isEmpty() ? "none" : "`" + setting.defaultText() + "`";
        return "| `" + setting.key() + "` `" + setting.environmentName() + "` | " + defaultText + " | "
                + setting.type().expected() + " | " + setting.description().replace("|", "\\|") + " |\n";
    }

    private static Map<String, String> sections() {
        return Map.of(
                "http", "where the server listens, and what a request may cost",
                "tls", "HTTPS",
                "cors", "pages of other origins",
                "stream", "what subscribers get",
                "window", "how many events are kept",
                "log", "publishing, and the durable log");
    }
}
