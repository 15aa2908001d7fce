package dev.gatehouse.app.command;

import dev.gatehouse.app.wiring.Capacity;
import dev.gatehouse.app.wiring.Capacity.Need;
import dev.gatehouse.hashing.argon2.HashParameters;
import dev.gatehouse.postgres.database.ConnectionBudget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a machine carries, as the command prints it.
final class CapacityText {
  private CapacityText() {}

  static List<String> lines(Capacity capacity, Optional<Double> target) {
    HashParameters cost = capacity.parameters();
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "A hash takes %.1f ms here (Argon2id, %d KiB, t=%d, p=%d, by %s).",
            capacity.hashMillis(),
            cost.memoryKib(),
            cost.iterations(),
            cost.parallelism(),
            capacity.rate().implementation()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d workers make %.1f a second, so an instance carries %.1f sign-ins a second at %.0f %% load.",
            capacity.rate().threads(),
            capacity.rate().perSecond(),
            capacity.signInsEach(),
            100 * Capacity.LOAD));
    target.ifPresent(signIns -> lines.addAll(plan(capacity.need(signIns), signIns)));
    return lines;
  }

  static Map<String, Object> fields(Capacity capacity, Optional<Double> target) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("hash_memory_kib", capacity.parameters().memoryKib());
    fields.put("hash_iterations", capacity.parameters().iterations());
    fields.put("hash_parallelism", capacity.parameters().parallelism());
    fields.put("implementation", capacity.rate().implementation());
    fields.put("workers", capacity.rate().threads());
    fields.put("hash_milliseconds", rounded(capacity.hashMillis()));
    fields.put("hashes_per_second", rounded(capacity.rate().perSecond()));
    fields.put("load", Capacity.LOAD);
    fields.put("sign_ins_per_second", rounded(capacity.signInsEach()));
    target.ifPresent(signIns -> fields.put("target", target(capacity.need(signIns), signIns)));
    return fields;
  }

  private static List<String> plan(Need need, double signIns) {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%.1f sign-ins a second need %d such instances, with %d workers on as many processors.",
            signIns,
            need.instances(),
            need.workers()));
    lines.add(
        String.format(
            Locale.ROOT,
            "They open up to %d database connections (%d each); %s.",
            need.connections(),
            need.connections() / need.instances(),
            available(need.server())));
    need.server().flatMap(ConnectionBudget::shortfall).ifPresent(lines::add);
    return lines;
  }

  private static String available(Optional<ConnectionBudget> server) {
    return server
        .map(budget -> "PostgreSQL has %d for them".formatted(budget.allowed()))
        .orElse("no PostgreSQL was asked whether it has them");
  }

  private static Map<String, Object> target(Need need, double signIns) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("sign_ins_per_second", signIns);
    fields.put("instances", need.instances());
    fields.put("workers", need.workers());
    fields.put("database_connections", need.connections());
    need.server()
        .ifPresent(
            budget -> {
              fields.put("database_connections_available", budget.allowed());
              fields.put("enough_database_connections", budget.shortfall().isEmpty());
            });
    return fields;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
