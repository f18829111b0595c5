package dev.sluice.app.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings a catalogue to this program's version: scripts in their order, each whole or not at all as
 * far as its version is counted.
 */
final class Schema {
    /** Script N makes version N. They never change once released; a change is a new one. */
    private static final List<String> SCRIPTS = List.of("V1__runs.sql");

    private Schema() {}

    /** False where a newer program made it: it is no business of ours. */
    static boolean migrate(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(
                    "CREATE TABLE IF NOT EXISTS schema_version (version INT PRIMARY KEY,"
                            + " applied TIMESTAMP WITH TIME ZONE NOT NULL)");
            int version = version(sql);
            if (version > SCRIPTS.size()) {
                return false;
            }
            for (int next = version; next < SCRIPTS.size(); next++) {
                sql.execute(script(SCRIPTS.get(next)));
                sql.execute(
                        "INSERT INTO schema_version VALUES ("
                                + (next + 1)
                                + ", CURRENT_TIMESTAMP)");
            }
            return true;
        }
    }

    private static int version(Statement sql) throws SQLException {
        try (ResultSet rows =
                sql.executeQuery("SELECT COALESCE(MAX(version), 0) FROM schema_version")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String script(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its part " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
