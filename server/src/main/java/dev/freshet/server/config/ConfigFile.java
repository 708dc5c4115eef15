package dev.freshet.server.config;

import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a YAML file of settings. */
final class ConfigFile {
    private ConfigFile() {}

    /** The values by their keys, such as {@code http.port}; a member of a list has its index in brackets. */
    static Map<String, String> read(Path path) {
        try {
            String text = Files.readString(path);
            requireMap(path, text);
            Map<String, String> found = new LinkedHashMap<>();
            new YamlConfigSource(path.toString(), text)
                    .getProperties()
                    .forEach((key, value) -> found.put(withoutQuotes(key), value));
            return found;
        } catch (IOException e) {
            throw new ConfigurationException("config: " + path + " cannot be read: " + reason(path, e));
        } catch (MarkedYAMLException e) {
            throw notYaml(path, place(e.getProblemMark()) + e.getProblem());
        } catch (YAMLException e) {
            throw notYaml(path, String.valueOf(e.getMessage()));
        }
    }

    /** The source would pass over all else in silence, and take the last of two values. */
    private static void requireMap(Path path, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object found = new Yaml(new SafeConstructor(options)).load(text);
        if (found != null && !(found instanceof Map)) {
            throw new ConfigurationException("config: " + path + " has no keys (expected: such as http.port: 9000)");
        }
    }

    private static ConfigurationException notYaml(Path path, String problem) {
        return new ConfigurationException("config: " + path + " is not YAML: " + problem.strip());
    }

    private static String place(@Nullable Mark mark) {
        return mark == null ? "" : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ";
    }

    private static String reason(Path path, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not UTF-8 (expected: a YAML file)";
        }
        return Files.isDirectory(path)
                ? "it is a folder (expected: a YAML file)"
                : String.valueOf(failure.getMessage());
    }

    /** A key may be written with dots or as nested maps; the source puts quotes around one with dots. */
    private static String withoutQuotes(String key) {
        return key.replace("\"", "");
    }
}
