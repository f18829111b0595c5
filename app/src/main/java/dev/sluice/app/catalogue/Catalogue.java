package dev.sluice.app.catalogue;

import dev.sluice.app.console.UsageError;

import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * The rows of all runs in one H2 file. From any thread: writes wait for each other, reads for
 * nobody. Knows no run that it was not told of; {@link CatalogueKeeper} tells it.
 */
public final class Catalogue implements AutoCloseable {
    private static final String COLUMNS =
            "id, owner, name, state, words, bytes, submitted, started, ended, last_fact, done,"
                    + " total, failures, retries, running, queued, shown";

    private final Path file;
    private final Object writing = new Object();

    /** Keeps the database open between uses; guarded by {@link #writing} where it writes. */
    private volatile Connection writer;

    /** Whoever reads on must not open the file again. */
    private volatile boolean closed;

    private Catalogue(Path file, Connection writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * Opens the catalogue, or a new empty one: one that is damaged, held by another process or made
     * by a newer program is set aside.
     *
     * @param file whose name ends with {@code .mv.db}, as H2 wants it
     */
    public static Catalogue open(Path file) {
        Path whole = file.toAbsolutePath();
        if (!whole.toString().endsWith(".mv.db") || whole.toString().indexOf(';') >= 0) {
            throw new UsageError(
                    "the catalogue cannot lie at " + whole,
                    "take a data folder without a semicolon in its path");
        }
        return new Catalogue(whole, openOrRenew(whole));
    }

    public void put(CatalogueRow row) {
        String sql =
                "MERGE INTO runs ("
                        + COLUMNS
                        + ", text) KEY (id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
        write(sql, statement -> fill(statement, row));
    }

    public void remove(String id) {
        write("DELETE FROM runs WHERE id = ?", statement -> statement.setString(1, id));
    }

    public @Nullable CatalogueRow find(String id) {
        List<CatalogueRow> rows =
                read("SELECT " + COLUMNS + " FROM runs WHERE id = ?", List.of(id), Catalogue::row);
        return rows.isEmpty() ? null : rows.getFirst();
    }

    /** All ids, the newest first. */
    public List<String> ids() {
        return read("SELECT id FROM runs ORDER BY id DESC", List.of(), row -> row.getString(1));
    }

    public Page list(CatalogueQuery query) {
        var where = new ArrayList<String>();
        var values = new ArrayList<Object>();
        if (!query.states().isEmpty()) {
            where.add("state = ANY(?)");
            values.add(query.states().toArray());
        }
        if (query.owner() != null) {
            where.add("owner = ?");
            values.add(query.owner());
        }
        if (query.text() != null && !query.text().isEmpty()) {
            where.add("LOCATE(?, text) > 0");
            values.add(query.text().toLowerCase(Locale.ROOT));
        }
        if (query.after() != null) {
            where.add("id < ?");
            values.add(query.after());
        }
        String sql =
                "SELECT "
                        + COLUMNS
                        + " FROM runs"
                        + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
                        + " ORDER BY id DESC FETCH FIRST "
                        + (query.limit() + 1L)
                        + " ROWS ONLY";
        List<CatalogueRow> rows = read(sql, values, Catalogue::row);
        if (rows.size() <= query.limit()) {
            return new Page(rows, null);
        }
        return new Page(rows.subList(0, query.limit()), rows.get(query.limit() - 1).id());
    }

    /** How many runs are in each state, those states only that a run is in. */
    public SequencedMap<String, Integer> states() {
        var states = new LinkedHashMap<String, Integer>();
        read(
                "SELECT state, COUNT(*) FROM runs GROUP BY state ORDER BY state",
                List.of(),
                row -> states.put(row.getString(1), row.getInt(2)));
        return states;
    }

    /** Sets the file aside, because it cannot be used, and goes on with an empty one. */
    void renew() {
        synchronized (writing) {
            disconnect();
            setAside(file);
            writer = openOrRenew(file);
        }
    }

    @Override
    public void close() {
        closed = true;
        synchronized (writing) {
            disconnect();
        }
    }

    private void disconnect() {
        try {
            writer.close();
        } catch (SQLException e) {
            // What could not be written is in the journals.
        }
    }

    @FunctionalInterface
    private interface Filling {
        void fill(PreparedStatement statement) throws SQLException;
    }

    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private void write(String sql, Filling filling) {
        synchronized (writing) {
            try (PreparedStatement statement = writer.prepareStatement(sql)) {
                filling.fill(statement);
                statement.executeUpdate();
            } catch (SQLException e) {
                if (isOfTheValues(e)) {
                    throw new IllegalArgumentException(
                            "the catalogue cannot hold a row: " + e.getMessage(), e);
                }
                throw new CatalogueLost("cannot write the catalogue " + file, e);
            }
        }
    }

    /** SQL's class 22: one row's values are at fault, and the file is as good as before. */
    private static boolean isOfTheValues(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("22");
    }

    /** On a connection of its own: the writer's may be in use, and H2's cost next to nothing. */
    private <T> List<T> read(String sql, List<Object> values, Row<T> row) {
        if (closed) {
            throw new CatalogueLost("cannot read the catalogue", new SQLException("it is closed"));
        }
        try (Connection connection = connect(file);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int at = 0; at < values.size(); at++) {
                statement.setObject(at + 1, values.get(at));
            }
            var found = new ArrayList<T>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.of(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new CatalogueLost("cannot read the catalogue " + file, e);
        }
    }

    private static void fill(PreparedStatement statement, CatalogueRow row) throws SQLException {
        Object[] values = {
            row.id(),
            row.owner(),
            row.name(),
            row.state(),
            row.words().toArray(),
            row.bytes(),
            row.submitted(),
            row.started(),
            row.ended(),
            row.lastFact(),
            row.done(),
            row.total(),
            row.failures(),
            row.retries(),
            row.running(),
            row.queued(),
            row.shown(),
            searched(row)
        };
        for (int at = 0; at < values.length; at++) {
            statement.setObject(at + 1, values[at]);
        }
    }

    private static String searched(CatalogueRow row) {
        String text =
                row.id()
                        + '\n'
                        + row.name()
                        + '\n'
                        + row.owner()
                        + '\n'
                        + String.join(" ", row.words());
        return text.toLowerCase(Locale.ROOT);
    }

    private static CatalogueRow row(ResultSet row) throws SQLException {
        var words = new ArrayList<String>();
        for (Object word : (Object[]) row.getArray("words").getArray()) {
            words.add((String) word);
        }
        return new CatalogueRow(
                row.getString("id"),
                row.getString("owner"),
                row.getString("name"),
                row.getString("state"),
                words,
                row.getLong("bytes"),
                row.getLong("submitted"),
                row.getLong("started"),
                row.getLong("ended"),
                row.getLong("last_fact"),
                row.getInt("done"),
                row.getInt("total"),
                row.getInt("failures"),
                row.getInt("retries"),
                row.getInt("running"),
                row.getInt("queued"),
                row.getLong("shown"));
    }

    private static Connection openOrRenew(Path file) {
        try {
            Connection opened = tryOpen(file);
            if (opened != null) {
                return opened;
            }
            setAside(file);
            opened = tryOpen(file);
            if (opened != null) {
                return opened;
            }
            throw new SQLException("a new one has another version");
        } catch (SQLException e) {
            throw new CatalogueLost("cannot make the catalogue " + file, e);
        }
    }

    /** Null where what is there cannot be used. */
    private static @Nullable Connection tryOpen(Path file) throws SQLException {
        boolean there = Files.exists(file);
        Connection connection = null;
        try {
            connection = connect(file);
            if (Schema.migrate(connection)) {
                return connection;
            }
        } catch (SQLException e) {
            if (!there) {
                throw e;
            }
        }
        if (connection != null) {
            connection.close();
        }
        return null;
    }

    private static void setAside(Path file) {
        Path aside = file.resolveSibling(file.getFileName() + ".aside");
        try {
            if (Files.exists(file)) {
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set aside the catalogue " + file, e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        String path = file.toString();
        var source = new JdbcDataSource();
        // No file of traces beside it, and no hook that closes it while the server still ends.
        source.setURL(
                "jdbc:h2:file:"
                        + path.substring(0, path.length() - ".mv.db".length())
                        + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
        source.setUser("sluice");
        source.setPassword("");
        return source.getConnection();
    }
}
