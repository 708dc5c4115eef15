package dev.freshet.log.sqlite.file;

import java.sql.SQLException;

/** How much room the file takes. Confined to its connection's thread. */
public final class Space {
    private final Statements statements;

    /**
     * Creates what measures the file.
     *
     * @param statements of a connection
     */
    public Space(Statements statements) {
        this.statements = statements;
    }

    /**
     * Returns how much of the file is in use.
     *
     * @return bytes, without what is free within the file
     * @throws SQLException if it fails
     */
    public long usedBytes() throws SQLException {
        return (pragma("page_count") - freePages()) * pragma("page_size");
    }

    /**
     * Returns how much of the file is free.
     *
     * @return pages
     * @throws SQLException if it fails
     */
    public long freePages() throws SQLException {
        return pragma("freelist_count");
    }

    /**
     * Gives free pages back to the file system; the file is shorter once the write-ahead log was moved into it.
     *
     * @param pages how many at most
     * @throws SQLException if it fails
     */
    public void giveBack(int pages) throws SQLException {
        statements.run("PRAGMA incremental_vacuum(" + pages + ")");
    }

    private long pragma(String name) throws SQLException {
        return statements.number("PRAGMA " + name).orElse(0);
    }
}
