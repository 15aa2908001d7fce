package dev.gatehouse.postgres.database;

import java.util.Optional;

/// How many connections all instances together may open, against those a server has for them.
///
/// @param server which one, as text
/// @param instances those that are running, this one included
/// @param each the most that one of them opens
/// @param allowed what the server allows, less what others use of it now
public record ConnectionBudget(String server, int instances, int each, int allowed) {
  /// Those that listen and watch, and one in reserve for a migration or a command.
  static final int BESIDE_THE_POOL = 4;

  /// Of other roles' sessions most roles see who it is, in which database and by which program, and
  /// not what kind of process: those that are in a database as someone count.
  private static final Sql LOOK =
      Sql.of(
          """
          SELECT current_setting('max_connections')::integer
            - current_setting('superuser_reserved_connections')::integer
            - coalesce(current_setting('reserved_connections', true), '0')::integer
            - count(*) FILTER (WHERE application_name NOT LIKE 'gatehouse%') AS allowed
          FROM pg_stat_activity
          WHERE datid IS NOT NULL AND usesysid IS NOT NULL
            AND coalesce(backend_type, 'client backend') = 'client backend'
          """);

  /// Looks at the server as it is now.
  ///
  /// @param instances those that are running, this one included
  public static ConnectionBudget of(Database database, PostgresSettings settings, int instances) {
    return of("PostgreSQL", database, settings, instances);
  }

  /// Looks at a standby, to which each instance opens as many again.
  ///
  /// @param instances those that are running, this one included
  public static ConnectionBudget ofStandby(
      Database standby, PostgresSettings settings, int instances) {
    return of("the standby", standby, settings, instances);
  }

  private static ConnectionBudget of(
      String server, Database database, PostgresSettings settings, int instances) {
    int allowed =
        database
            .read(statements -> statements.query(LOOK.call(), row -> row.getInt("allowed")))
            .getFirst();
    return new ConnectionBudget(server, instances, each(settings.maxOpen()), allowed);
  }

  /// The most connections that an instance opens.
  ///
  /// @param maxOpen those of its pool
  public static int each(int maxOpen) {
    return maxOpen + BESIDE_THE_POOL;
  }

  /// The same server with another number of instances.
  public ConnectionBudget forInstances(int others) {
    return new ConnectionBudget(server, others, each, allowed);
  }

  /// How many connections all instances together may open.
  public int wanted() {
    return instances * each;
  }

  /// What is wrong and what helps, as text; empty when there is enough.
  public Optional<String> shortfall() {
    if (wanted() <= allowed) {
      return Optional.empty();
    }
    return Optional.of(
        "%d instances may open %d connections (%d each), %s has %d for them: raise max_connections, or lower GATEHOUSE_DATABASE_MAX_OPEN to at most %d"
            .formatted(
                instances,
                wanted(),
                each,
                server,
                allowed,
                Math.max(1, allowed / instances - BESIDE_THE_POOL)));
  }
}
