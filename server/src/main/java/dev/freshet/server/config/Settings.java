package dev.freshet.server.config;

import dev.freshet.server.http.Spelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The values of all known settings: a flag is stronger than the environment, the environment than the file, the file than the
 * default. Immutable.
 */
public final class Settings {
    /** Names in the environment that are for the launcher and the client commands. */
    private static final Set<String> NOT_SETTINGS =
            Set.of("FRESHET_SERVER", "FRESHET_JAVA_HOME", "FRESHET_JAVA_OPTS", "FRESHET_HOME");

    private static final String ON_THE_COMMAND_LINE = "on the command line";
    private static final String IN_THE_ENVIRONMENT = "in the environment";

    private final Map<Setting<?>, Value> values;

    private Settings(Map<Setting<?>, Value> values) {
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
     * @throws ConfigurationException if the file cannot be read, a key is unknown, or a value is not as expected, even one
     *     that a stronger one covers
     */
    public static Settings load(
            List<Setting<?>> known, Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        List<Source> sources = new ArrayList<>();
        file.ifPresent(path -> sources.add(new Source("in " + path, ConfigFile.read(path))));
        sources.add(new Source(IN_THE_ENVIRONMENT, rename(environment, index(known, Setting::environmentName))));
        sources.add(new Source(ON_THE_COMMAND_LINE, flags));
        Map<String, Setting<?>> byKey = index(known, Setting::key);
        for (Source source : sources) {
            source.keys().forEach(key -> requireKnown(key, byKey, source.place()));
        }
        Map<Setting<?>, Value> values = new HashMap<>();
        known.forEach(setting -> values.put(setting, valueOf(setting, sources)));
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
        return (T) loaded(setting).value();
    }

    /**
     * Returns where a value comes from.
     *
     * @param setting one of the settings that were known when this was read
     * @return the place, to be read behind the value: {@code on the command line}; empty if it is the default
     * @throws IllegalArgumentException if the setting was not known
     */
    public Optional<String> place(Setting<?> setting) {
        return loaded(setting).place();
    }

    private Value loaded(Setting<?> setting) {
        Value value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException("setting: " + setting.key() + " (expected: one that was loaded)");
        }
        return value;
    }

    private static Map<String, Setting<?>> index(List<Setting<?>> known, Function<Setting<?>, String> name) {
        return known.stream().collect(Collectors.toMap(name, setting -> setting, (a, b) -> a, TreeMap::new));
    }

    private static Map<String, String> rename(Map<String, String> environment, Map<String, Setting<?>> byName) {
        Map<String, String> renamed = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(Setting.ENVIRONMENT_PREFIX) && !NOT_SETTINGS.contains(name)) {
                requireKnown(name, byName, IN_THE_ENVIRONMENT);
                Setting<?> setting = byName.get(name);
                renamed.put(setting == null ? name : setting.key(), value);
            }
        });
        return renamed;
    }

    private static void requireKnown(String key, Map<String, Setting<?>> known, String place) {
        if (!known.containsKey(key)) {
            String nearest = Spelling.nearest(key, known.keySet(), Math.max(2, key.length() / 3))
                    .map(name -> "did you mean " + name + "?")
                    .orElse("expected: one of " + String.join(", ", known.keySet()));
            throw new ConfigurationException(key + ": unknown, " + place + " (" + nearest + ")");
        }
    }

    /** Sources are there with the strongest at the end; what weaker ones say must be right as well. */
    private static Value valueOf(Setting<?> setting, List<Source> sources) {
        Value value = new Value(setting.type().parse(setting.defaultText()), Optional.empty());
        for (Source source : sources) {
            Optional<String> text = source.text(setting.key());
            if (text.isPresent()) {
                value = new Value(parse(setting, text.get(), source.place()), Optional.of(source.place()));
            }
        }
        return value;
    }

    private static Object parse(Setting<?> setting, String text, String place) {
        SettingType<?> type = setting.type();
        try {
            if (text.isBlank() && !type.mayBeEmpty()) {
                throw new IllegalArgumentException(text);
            }
            return type.parse(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ConfigurationException(setting.key() + ": " + (text.isBlank() ? "empty" : text) + ", " + place
                    + " (expected: " + type.expected() + ")");
        }
    }

    /**
     * A value and where it comes from.
     *
     * @param place empty for the default
     */
    private record Value(Object value, Optional<String> place) {}
}
