package dev.freshet.log.sqlite.file;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The statements of a connection, each prepared once. Confined to the connection's thread. */
public final class Statements {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /**
     * Creates the statements of a connection.
     *
     * @param connection the connection; closing it closes them
     */
    public Statements(Connection connection) {
        this.connection = connection;
    }

    /**
     * Runs a statement that changes something.
     *
     * @param sql its text
     * @param values its parameters, in order
     * @return the number of rows that were changed
     * @throws SQLException if it fails
     */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /**
     * Runs a query.
     *
     * @param sql its text
     * @param values its parameters, in order
     * @return the rows; closed by the caller before the same text is used again
     * @throws SQLException if it fails
     */
    public ResultSet query(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeQuery();
    }

    /**
     * Runs a query for one number.
     *
     * @param sql its text
     * @param values its parameters, in order
     * @return the first column of the first row; empty if there is no row, or it holds null
     * @throws SQLException if it fails
     */
    public OptionalLong number(String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = query(sql, values)) {
            if (!rows.next()) {
                return OptionalLong.empty();
            }
            long number = rows.getLong(1);
            return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
        }
    }

    /**
     * Runs a text to its end, whatever rows come of it.
     *
     * @param sql the text
     * @throws SQLException if it fails
     */
    public void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /**
     * Closes them: after a failure none that was running can be used again. They are prepared anew when they are needed.
     *
     * @throws SQLException if one cannot be closed
     */
    public void close() throws SQLException {
        List<PreparedStatement> all = List.copyOf(prepared.values());
        prepared.clear();
        for (PreparedStatement statement : all) {
            statement.close();
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
