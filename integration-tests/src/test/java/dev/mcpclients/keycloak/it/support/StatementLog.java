package dev.mcpclients.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The SQL statements of one database between two moments, read from PostgreSQL's own log.
 *
 * <p>What the tests themselves ask the database is left out, and so is transaction control ({@code BEGIN},
 * {@code COMMIT}, {@code ROLLBACK}), which costs no plan and no row.
 */
public final class StatementLog {

    static final String OURSELVES = "integration-tests";

    private static final Pattern STATEMENT =
            Pattern.compile("(?:statement|execute [^:]*): (.*)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern TRANSACTION =
            Pattern.compile("(?:begin|commit|rollback|set|show)\\b.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Path file;
    private final Database database;

    StatementLog(Path file, Database database) {
        this.file = file;
        this.database = database;
    }

    Path file() {
        return file;
    }

    /** The statements that the action caused, in order. */
    public List<String> during(Runnable action) {
        mark();
        long start = size();
        action.run();
        String end = mark();
        String log = from(start);
        return statements(log.substring(0, log.indexOf(end)));
    }

    /**
     * Those of the run that caused the fewest of three: what Keycloak does on its own schedule meanwhile adds to some.
     *
     * @param action causes the same statements each time
     */
    public List<String> fewest(Runnable action) {
        return Stream.generate(() -> during(action))
                .limit(3)
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
    }

    private List<String> statements(String log) {
        List<String> statements = new ArrayList<>();
        // The last line holds the end mark and is cut off.
        for (String line : log.substring(0, log.lastIndexOf('\n') + 1).lines().toList()) {
            JsonNode entry = Json.parse(line);
            Matcher matcher = STATEMENT.matcher(entry.path("message").asText());
            if (isKeycloaks(entry) && matcher.matches()) {
                String statement = matcher.group(1);
                if (!TRANSACTION.matcher(statement).matches()) {
                    statements.add(statement);
                }
            }
        }
        return statements;
    }

    private boolean isKeycloaks(JsonNode entry) {
        return database.name().equals(entry.path("dbname").asText())
                && !OURSELVES.equals(entry.path("application_name").asText());
    }

    /** Puts a line into the log and waits until it is there: everything before it is then there too. */
    private String mark() {
        String mark = "mark " + UUID.randomUUID();
        long before = size();
        database.rows("select '" + mark + "'");
        Await.until("the log holds the mark", DEADLINE, () -> from(before).contains(mark));
        return mark;
    }

    private long size() {
        return file.toFile().length();
    }

    private String from(long position) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(log.length() - position)];
            log.seek(position);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
