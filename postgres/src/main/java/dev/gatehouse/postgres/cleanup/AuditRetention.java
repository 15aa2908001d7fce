package dev.gatehouse.postgres.cleanup;

import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import java.time.Duration;
import java.time.InstantSource;

/// How much of the audit log is kept: no event longer than an age, and never more than a number.
public record AuditRetention(Duration age, long most) implements Cleanup {
  /// Some 300 MB at the most.
  public static final AuditRetention STANDARD = new AuditRetention(Duration.ofDays(90), 1_000_000);

  /// Looks at the oldest only: those after them are hardly older.
  private static final Sql TOO_OLD =
      BatchDeletion.byClock(
          "audit_events",
          "sequence",
          """
          sequence < (SELECT min(sequence) FROM audit_events) + :batch
          AND recorded_at <= now() - :age_ms * interval '1 millisecond'
          """);

  private static final Sql TOO_MANY =
      BatchDeletion.of(
          "audit_events",
          "sequence",
          "sequence <= (SELECT max(sequence) FROM audit_events) - :most");

  @Override
  public int sweep(Database database, InstantSource here) {
    return sweep(database, here, Sweeper.BATCH);
  }

  /// Bounds the number of events whatever the clocks say.
  @Override
  public int trim(Database database) {
    return trim(database, Sweeper.BATCH);
  }

  /// Removes what is too old by the database's clock, or too much, a batch at a time.
  ///
  /// @param here a clock of this instance; nothing is too old unless the database's agrees with it
  /// @return how many events were removed
  public int sweep(Database database, InstantSource here, int batch) {
    return Sweeper.removeAll(database, () -> tooOld(here, batch), batch) + trim(database, batch);
  }

  private int trim(Database database, int batch) {
    var tooMany = TOO_MANY.with("most", most).and("batch", batch);
    return Sweeper.removeAll(database, () -> tooMany, batch);
  }

  private Sql.Call tooOld(InstantSource here, int batch) {
    return TOO_OLD.with("age_ms", age.toMillis()).and("here", here.instant()).and("batch", batch);
  }
}
