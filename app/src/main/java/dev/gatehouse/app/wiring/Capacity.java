package dev.gatehouse.app.wiring;

import dev.gatehouse.hashing.HashRate;
import dev.gatehouse.hashing.argon2.HashParameters;
import dev.gatehouse.postgres.database.ConnectionBudget;
import java.util.Optional;

/// How many sign-ins an instance on a machine like this one carries. Hashing is what a sign-in
/// costs; the rest of it, and of everything else, has room in what the load leaves free.
///
/// @param parameters what a hash costs
/// @param rate what all workers of an instance hash at once
/// @param connectionsEach the most connections to the database that an instance opens
/// @param server those of the database, where one is configured and responds
public record Capacity(
    HashParameters parameters,
    HashRate rate,
    int connectionsEach,
    Optional<ConnectionBudget> server) {
  /// How much of what it could do an instance is planned to do. Beyond, waits grow fast.
  public static final double LOAD = 0.8;

  /// The most sign-ins a second that can be planned for.
  public static final int MOST = 1_000_000;

  /// How long a hash takes, in milliseconds, with all workers at it.
  public double hashMillis() {
    return rate.threads() / rate.perSecond() * 1e3;
  }

  /// How many sign-ins a second one instance carries.
  public double signInsEach() {
    return rate.perSecond() * LOAD;
  }

  /// What so many sign-ins a second need.
  ///
  /// @param signIns above 0, at most [#MOST]
  public Need need(double signIns) {
    int instances = (int) Math.max(1, Math.ceil(signIns / signInsEach()));
    return new Need(
        instances,
        instances * rate.threads(),
        instances * connectionsEach,
        server.map(budget -> budget.forInstances(instances)));
  }

  /// What a target needs.
  ///
  /// @param instances how many
  /// @param workers all together, each a processor
  /// @param connections the most that all together open
  /// @param server whether the database has them, where that is known
  public record Need(
      int instances, int workers, int connections, Optional<ConnectionBudget> server) {}
}
