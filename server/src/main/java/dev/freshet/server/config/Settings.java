package dev.freshet.server.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.MapBackedConfigSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The values of all known settings: a flag is stronger than the environment, the environment than the file, the file than the
 * default. Immutable.
 */
public final class Settings {
    /** Names in the environment that are for the launcher and the client commands. */
    private static final Set<String> NOT_SETTINGS =
            Set.of("FRESHET_SERVER", "FRESHET_JAVA_HOME", "FRESHET_JAVA_OPTS", "FRESHET_HOME");

    private static final String FLAGS = "the command line";
    private static final String ENVIRONMENT = "the environment";

    private final Map<Setting<?>, Object> values;

    private Settings(Map<Setting<?>, Object> values) {
        this.values = values;
    }

    /**
     * Reads all settings.
     *
     * @param known every setting there is; all other keys are errors
     * @param file a YAML file; blocks while it is read
     * @param environment the environment; names that begin with {@code FRESHET_} are settings
     * @param flags keys and values of the command line
     * @return the settings
     * @throws ConfigurationException if the file cannot be read, a key is unknown, or a value is not as expected
     */
    public static Settings load(
            List<Setting<?>> known, Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        Map<String, Setting<?>> byKey = index(known, Setting::key);
        Map<String, String> fromEnvironment = rename(environment, index(known, Setting::environmentName));
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withSources(source(FLAGS, flags, 400), source(ENVIRONMENT, fromEnvironment, 300));
        file.ifPresent(path -> builder.withSources(source(path.toString(), ConfigFile.read(path), 200)));
        SmallRyeConfig config = builder.build();
        for (ConfigSource source : config.getConfigSources()) {
            source.getPropertyNames().forEach(name -> requireKnown(base(name), byKey, source.getName()));
        }
        Map<Setting<?>, Object> values = new HashMap<>();
        known.forEach(setting -> values.put(setting, valueOf(setting, config)));
        return new Settings(values);
    }

    /**
     * Returns a value.
     *
     * @param setting one of the settings that were known when this was read
     * @param <T> the value's type
     * @return the value
     * @throws IllegalArgumentException if the setting was not known
     */
    @SuppressWarnings("unchecked") // What was put under a setting was read by its type.
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException("setting: " + setting.key() + " (expected: one that was loaded)");
        }
        return (T) value;
    }

    private static Map<String, Setting<?>> index(List<Setting<?>> known, Function<Setting<?>, String> name) {
        return known.stream().collect(Collectors.toMap(name, setting -> setting, (a, b) -> a, TreeMap::new));
    }

    private static Map<String, String> rename(Map<String, String> environment, Map<String, Setting<?>> byName) {
        Map<String, String> renamed = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(Setting.ENVIRONMENT_PREFIX) && !NOT_SETTINGS.contains(name)) {
                requireKnown(name, byName, ENVIRONMENT);
                Setting<?> setting = byName.get(name);
                renamed.put(setting == null ? name : setting.key(), value);
            }
        });
        return renamed;
    }

    private static ConfigSource source(String name, Map<String, String> values, int ordinal) {
        return new MapBackedConfigSource(name, values, ordinal) {};
    }

    private static void requireKnown(String key, Map<String, Setting<?>> known, String source) {
        if (!known.containsKey(key)) {
            String nearest = Spelling.nearest(key, known.keySet())
                    .map(name -> "did you mean " + name + "?")
                    .orElse("expected: one of " + String.join(", ", known.keySet()));
            throw new ConfigurationException(key + ": unknown, in " + source + " (" + nearest + ")");
        }
    }

    /** A list in the file has a key for each of its members, such as {@code cors.origins[0]}. */
    private static String base(String name) {
        int bracket = name.indexOf('[');
        return bracket < 0 ? name : name.substring(0, bracket);
    }

    private static <T> Object valueOf(Setting<T> setting, SmallRyeConfig config) {
        ConfigValue found = config.getConfigValue(setting.key());
        String text = found.getValue() != null ? found.getValue() : listOf(setting, config);
        try {
            return setting.type().parse(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ConfigurationException(setting.key() + ": " + (text.isEmpty() ? "empty" : text) + ", in "
                    + Optional.ofNullable(found.getSourceName()).orElse("the file") + " (expected: "
                    + setting.type().expected() + ")");
        }
    }

    private static String listOf(Setting<?> setting, SmallRyeConfig config) {
        List<String> members = config.getIndexedProperties(setting.key()).stream()
                .map(name -> config.getConfigValue(name).getValue())
                .toList();
        return members.isEmpty() ? setting.defaultText() : String.join(",", members);
    }
}
