package dev.freshet.server;

import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.log.durable.TopicRule;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.server.config.ConfigurationException;
import dev.freshet.server.config.Setting;
import dev.freshet.server.config.SettingType;
import dev.freshet.server.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long a durable log keeps events. Pure. */
final class RetentionSettings {
    private static final Pattern BETWEEN_RULES = Pattern.compile(",(?![^{}]*})");
    private static final Pattern LIMITS = Pattern.compile("(?:last +([0-9]{1,9}))? *(\\S+)?");
    private static final SettingType<Duration> AGE =
            SettingType.duration(Duration.ofMillis(1), Duration.ofDays(36_500));

    private RetentionSettings() {}

    static Retention read(Settings settings) {
        Duration maxAge = settings.get(ServerSettings.MAX_AGE);
        return new Retention(
                maxAge.isZero() ? Optional.empty() : Optional.of(maxAge),
                limit(settings.get(ServerSettings.MAX_EVENTS)),
                limit(settings.get(ServerSettings.MAX_BYTES)),
                settings.get(ServerSettings.TOPIC_RULES));
    }

    /** A log in memory has other limits: to ignore these would lose, or keep, what somebody meant to keep, or to lose. */
    static void requireNone(Settings settings) {
        List<Setting<?>> all = List.of(
                ServerSettings.MAX_AGE,
                ServerSettings.MAX_EVENTS,
                ServerSettings.MAX_BYTES,
                ServerSettings.TOPIC_RULES);
        all.forEach(setting -> settings.place(setting).ifPresent(place -> refuse(setting, place)));
    }

    private static void refuse(Setting<?> setting, String place) {
        throw new ConfigurationException(setting.key() + ": without log.data, " + place
                + " (expected: log.data as well; what a log in memory keeps is set by window.max-events and"
                + " window.max-bytes)");
    }

    /** Commas stand between rules, but also within the braces of a template. */
    static List<TopicRule> rules(String text) {
        return BETWEEN_RULES
                .splitAsStream(text)
                .map(String::strip)
                .filter(rule -> !rule.isEmpty())
                .map(RetentionSettings::rule)
                .toList();
    }

    private static TopicRule rule(String text) {
        int equals = text.lastIndexOf('=');
        Matcher limits = LIMITS.matcher(text.substring(equals + 1).strip());
        if (equals < 1 || !limits.matches()) {
            throw new IllegalArgumentException(text);
        }
        OptionalInt last =
                limits.group(1) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(limits.group(1)));
        Optional<Duration> maxAge = Optional.ofNullable(limits.group(2)).map(AGE::parse);
        return new TopicRule(TopicSelector.parse(text.substring(0, equals).strip()), last, maxAge);
    }

    private static OptionalLong limit(long value) {
        return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
