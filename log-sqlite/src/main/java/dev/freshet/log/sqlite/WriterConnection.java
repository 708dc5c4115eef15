package dev.freshet.log.sqlite;

import dev.freshet.hub.log.durable.DurableLogOptions;
import dev.freshet.log.sqlite.file.Database;
import dev.freshet.log.sqlite.file.Space;
import dev.freshet.log.sqlite.file.Statements;
import dev.freshet.log.sqlite.store.EventReader;
import dev.freshet.log.sqlite.store.EventTable;
import dev.freshet.log.sqlite.store.KeyTable;
import dev.freshet.log.sqlite.store.LogRow;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The connection that writes, and the tables that it writes. After a failure it is opened anew: nobody has to know in which
 * state the old one was. Confined to the writer.
 */
record WriterConnection(
        Connection connection, LogRow log, EventTable events, KeyTable keys, EventReader reader, Space space)
        implements AutoCloseable {
    static WriterConnection open(Database database, DurableLogOptions options) throws SQLException {
        Connection connection = database.openWriter();
        try {
            Statements statements = new Statements(connection);
            LogRow log = LogRow.read(statements);
            connection.rollback();
            return new WriterConnection(
                    connection,
                    log,
                    new EventTable(statements),
                    new KeyTable(statements, options.keys()),
                    new EventReader(statements, log.epoch()),
                    new Space(statements));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
