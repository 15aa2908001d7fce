package dev.gatehouse.postgres.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.postgresql.PGProperty;

/// How the database is reached and how much of it is used. Immutable.
///
/// @param url `jdbc:postgresql://host[:port]/database[?options]`
/// @param user who signs in
/// @param password with what; may be empty where the server asks for none
/// @param maxOpen the most connections of this instance
/// @param minIdle connections kept ready
/// @param maxLifetime after which a connection is replaced by a fresh one
/// @param acquireTimeout the longest wait for a connection
/// @param statementTimeout the longest a single statement may run
/// @param leakThreshold after which a connection still in use is reported in the log
/// @param pooling what is between this program and the server
public record PostgresSettings(
    String url,
    String user,
    String password,
    int maxOpen,
    int minIdle,
    Duration maxLifetime,
    Duration acquireTimeout,
    Duration statementTimeout,
    Duration leakThreshold,
    Pooling pooling) {
  private static final String SCHEME = "jdbc:postgresql:";
  private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(30);
  private static final Duration COMMANDS_WAIT = Duration.ofSeconds(5);
  private static final Duration SHORTEST_LEAK_THRESHOLD = Duration.ofSeconds(2);

  /// @throws IllegalArgumentException naming every fault, when there are any
  public PostgresSettings {
    List<String> faults = new ArrayList<>();
    check(faults, url.startsWith(SCHEME), "the URL must begin with " + SCHEME + "//");
    check(faults, !user.isBlank(), "the user is missing");
    check(faults, maxOpen >= 1, "at least one connection must be allowed");
    check(
        faults, minIdle >= 0 && minIdle <= maxOpen, "idle connections must be 0 to the most open");
    atLeast(faults, "the lifetime of a connection", maxLifetime, SHORTEST_LIFETIME);
    atLeast(faults, "the wait for a connection", acquireTimeout, Duration.ofMillis(10));
    atLeast(faults, "the time for a statement", statementTimeout, Duration.ofMillis(100));
    atLeast(faults, "the leak threshold", leakThreshold, SHORTEST_LEAK_THRESHOLD);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("database settings: " + String.join("; ", faults));
    }
  }

  /// With nothing between this program and the server.
  public PostgresSettings(
      String url,
      String user,
      String password,
      int maxOpen,
      int minIdle,
      Duration maxLifetime,
      Duration acquireTimeout,
      Duration statementTimeout,
      Duration leakThreshold) {
    this(
        url,
        user,
        password,
        maxOpen,
        minIdle,
        maxLifetime,
        acquireTimeout,
        statementTimeout,
        leakThreshold,
        Pooling.DIRECT);
  }

  /// The defaults, for a database at this address.
  public static PostgresSettings of(String url, String user, String password) {
    return new PostgresSettings(
        url,
        user,
        password,
        10,
        2,
        Duration.ofMinutes(30),
        Duration.ofMillis(250),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10));
  }

  /// The same for a command, which runs once while an operator waits: a server that is slow for a
  /// moment does not end it.
  public PostgresSettings forCommand() {
    Duration wait = acquireTimeout.compareTo(COMMANDS_WAIT) < 0 ? COMMANDS_WAIT : acquireTimeout;
    return with(wait, pooling);
  }

  /// The same through this.
  public PostgresSettings through(Pooling between) {
    return with(acquireTimeout, between);
  }

  private PostgresSettings with(Duration wait, Pooling between) {
    return new PostgresSettings(
        url,
        user,
        password,
        maxOpen,
        minIdle,
        maxLifetime,
        wait,
        statementTimeout,
        leakThreshold,
        between);
  }

  /// Where the database is, without anything secret: for logs and messages.
  public String address() {
    int options = url.indexOf('?');
    return url.substring(SCHEME.length(), options < 0 ? url.length() : options);
  }

  /// Whether an option is given in the URL, and so goes before what is usual here.
  public boolean urlNames(PGProperty option) {
    return Pattern.compile("[?&]" + Pattern.quote(option.getName()) + "=").matcher(url).find();
  }

  @Override
  public String toString() {
    return "PostgresSettings[%s, user %s, password redacted]".formatted(address(), user);
  }

  private static void atLeast(List<String> faults, String what, Duration value, Duration least) {
    check(
        faults,
        value.compareTo(least) >= 0,
        what + " must be at least " + least.toMillis() + " ms");
  }

  private static void check(List<String> faults, boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
