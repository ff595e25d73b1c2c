package dev.mcpclients.keycloak.it.support;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL database of one Keycloak server: its rows, its statements, its outages. */
public final class Database {

    private static final String USER = "postgres";
    private static final String MAINTENANCE = "postgres";

    private final String name;
    private final int port;
    private final StatementLog statements;

    Database(String name, int port, Path log) {
        this.name = name;
        this.port = port;
        this.statements = new StatementLog(log, this);
    }

    /** What Keycloak must be told to use it. */
    Map<String, String> keycloakSettings() {
        return Map.of("KC_DB", "postgres", "KC_DB_URL", url(name), "KC_DB_USERNAME", USER, "KC_DB_PASSWORD", USER);
    }

    void create() {
        execute(MAINTENANCE, "create database " + name);
    }

    /** An empty database of another name on the same server. */
    Database another(String other) {
        Database database = new Database(other, port, statements.file());
        database.create();
        return database;
    }

    String name() {
        return name;
    }

    /** The statements that Keycloak sends. */
    public StatementLog statements() {
        return statements;
    }

    /** The rows of a query, each a map from column name in lower case to value. */
    public List<Map<String, @Nullable Object>> rows(String sql, Object... arguments) {
        try (Connection connection = connect(name);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<Map<String, @Nullable Object>> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row(result));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The single number a query such as {@code select count(*) …} answers. */
    public long number(String sql, Object... arguments) {
        Object value = rows(sql, arguments).get(0).values().iterator().next();
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalStateException("Not a number: " + value);
    }

    /** The number of rows in each table, tables without rows left out: compare before and after to find traces. */
    public Map<String, Long> rowCounts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> row : rows(
                "select table_name as t from information_schema.tables where table_schema = 'public' order by 1")) {
            String table = String.valueOf(row.get("t"));
            long count = number("select count(*) from \"" + table + "\"");
            if (count > 0) {
                counts.put(table, count);
            }
        }
        return counts;
    }

    /** Changes rows behind Keycloak's back. */
    public void execute(String sql) {
        execute(name, sql);
    }

    /** Runs the action while another transaction holds what the statement locks. */
    public void holdingDuring(String sql, Runnable action) {
        try (Connection connection = connect(name);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            action.run();
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** How many transactions wait for a lock. */
    public long waiting() {
        return number(
                "select count(*) from pg_stat_activity where datname = '" + name + "' and wait_event_type = 'Lock'");
    }

    /** Runs the action while the database accepts no connection and has lost those it had. */
    public void unavailableDuring(Runnable action) {
        execute(MAINTENANCE, "alter database " + name + " allow_connections false");
        try {
            execute(
                    MAINTENANCE,
                    "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '" + name + "'");
            action.run();
        } finally {
            execute(MAINTENANCE, "alter database " + name + " allow_connections true");
        }
    }

    private void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database) + "?ApplicationName=" + StatementLog.OURSELVES, USER, USER);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static Map<String, @Nullable Object> row(ResultSet result) throws SQLException {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.put(result.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT), result.getObject(i));
        }
        return row;
    }
}
