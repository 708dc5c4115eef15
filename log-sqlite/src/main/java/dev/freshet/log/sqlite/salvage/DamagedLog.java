package dev.freshet.log.sqlite.salvage;

import dev.freshet.log.sqlite.file.Database;
import dev.freshet.log.sqlite.file.Statements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** A log that may not be able to answer. Confined to one thread. */
final class DamagedLog implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final Statements statements;

    private DamagedLog(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.statements = new Statements(connection);
    }

    /** Fails if it is no log at all, or damaged where it says so. */
    static DamagedLog open(Database database) throws SQLException {
        return new DamagedLog(database.file(), database.openDamaged());
    }

    /** Whether it can still be found where the tables are. */
    boolean hasTables() throws SQLException {
        return ask(from -> from.number("SELECT count(*) FROM sqlite_schema"))
                .filter(count -> count.orElse(0) > 0)
                .isPresent();
    }

    /** Whether it was cut within a page; what is missing of that page reads as zeros. */
    boolean endsWithinPage() throws SQLException, IOException {
        OptionalLong pageBytes = ask(from -> from.number("PRAGMA page_size")).orElse(OptionalLong.empty());
        return pageBytes.isPresent() && Files.size(file) % pageBytes.getAsLong() != 0;
    }

    /** What to ask. */
    interface Question<T> {
        T ask(Statements damaged) throws SQLException;
    }

    /** Empty if there is no answer; the next question may have one. */
    <T> Optional<T> ask(Question<T> question) throws SQLException {
        try {
            return Optional.of(question.ask(statements));
        } catch (SQLException e) {
            statements.close();
            return Optional.empty();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
