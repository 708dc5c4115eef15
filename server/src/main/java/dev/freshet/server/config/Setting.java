package dev.freshet.server.config;

import java.util.Locale;

/**
 * One thing that can be configured. Immutable.
 *
 * @param key its name in the file and on the command line, such as {@code http.head.max-bytes}
 * @param type how its text is read
 * @param defaultText its value, as text, where nothing else is said
 * @param description what it is for, in one sentence
 * @param <T> what its text is read as
 */
public record Setting<T>(String key, SettingType<T> type, String defaultText, String description) {
    /** What every name in the environment begins with. */
    public static final String ENVIRONMENT_PREFIX = "FRESHET_";

    /** Reads the default once, so that a wrong one is found when it is written. */
    public Setting {
        type.parse(defaultText);
    }

    /**
     * Returns the setting's name in the environment.
     *
     * @return for {@code http.head.max-bytes} it is {@code FRESHET_HTTP_HEAD_MAX_BYTES}
     */
    public String environmentName() {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
