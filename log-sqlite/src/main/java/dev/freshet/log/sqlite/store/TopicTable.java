package dev.freshet.log.sqlite.store;

import dev.freshet.hub.topic.Topic;
import dev.freshet.log.sqlite.file.Statements;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The numbers of topics: the index of events has them instead of names. Confined to its connection's thread. */
final class TopicTable {
    private static final int MAX_CACHED = 200_000;

    private final Statements statements;
    private final Map<String, Long> numbers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_CACHED;
        }
    };

    TopicTable(Statements statements) {
        this.statements = statements;
    }

    long numberOf(Topic topic) throws SQLException {
        Long known = numbers.get(topic.name());
        if (known != null) {
            return known;
        }
        long number = find(topic).orElse(0);
        if (number == 0) {
            number = add(topic);
        }
        numbers.put(topic.name(), number);
        return number;
    }

    OptionalLong find(Topic topic) throws SQLException {
        return statements.number("SELECT id FROM topic WHERE name = ?", topic.name());
    }

    void remove(long number, String name) throws SQLException {
        numbers.remove(name);
        statements.update("DELETE FROM topic WHERE id = ?", number);
    }

    private long add(Topic topic) throws SQLException {
        return statements
                .number("INSERT INTO topic (name) VALUES (?) RETURNING id", topic.name())
                .orElseThrow();
    }
}
