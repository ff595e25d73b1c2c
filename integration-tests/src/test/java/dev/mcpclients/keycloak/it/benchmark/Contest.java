package dev.mcpclients.keycloak.it.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Two servers that take turns at the same work, so that what else happens on the machine falls on both. */
final class Contest {

    /** Fewer, by {@code -Dbenchmark.rounds}, are to see that it runs. */
    static final int ROUNDS = Integer.getInteger("benchmark.rounds", 10);

    private final List<String> rows = new ArrayList<>();

    /** A B B A: what one piece of the work took each server, in milliseconds, at each of its two turns. */
    private record Round(double a1, double b1, double b2, double a2) {

        static Round of(DoubleSupplier a, DoubleSupplier b) {
            return new Round(a.getAsDouble(), b.getAsDouble(), b.getAsDouble(), a.getAsDouble());
        }

        double ratio() {
            return (b1 + b2) / (a1 + a2);
        }
    }

    /** Compares work of which each side tells what one piece of it took, in milliseconds; the first round is not counted. */
    void row(String work, DoubleSupplier a, DoubleSupplier b) {
        List<Round> rounds =
                Stream.generate(() -> Round.of(a, b)).limit(ROUNDS + 1).skip(1).toList();
        double[] ratios = rounds.stream().mapToDouble(Round::ratio).sorted().toArray();
        add(format(
                "| %s | %.2f ms | %.2f ms | %.2f | %.2f | %.2f |",
                work,
                median(rounds.stream().flatMapToDouble(round -> DoubleStream.of(round.a1, round.a2))),
                median(rounds.stream().flatMapToDouble(round -> DoubleStream.of(round.b1, round.b2))),
                ratios[0],
                median(DoubleStream.of(ratios)),
                ratios[ROUNDS - 1]));
    }

    /** Compares one figure of each side. */
    void row(String what, String unit, double a, double b) {
        add(format("| %s | %.1f %s | %.1f %s | | %.2f | |", what, a, unit, b, unit, b / a));
    }

    private void add(String row) {
        System.out.println(row);
        rows.add(row);
    }

    /** All rows as a table in Markdown. */
    String table() {
        return "| | without our JARs | with them | least ratio | median | largest |\n|---|---|---|---|---|---|\n"
                + String.join("\n", rows) + "\n";
    }

    static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
