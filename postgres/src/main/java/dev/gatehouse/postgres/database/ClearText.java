package dev.gatehouse.postgres.database;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Warns when passwords and personal data may travel over a network in clear text. Without
/// `sslmode`, or with `prefer` or `allow`, the driver connects without TLS where the server has
/// none; `disable` is the operator's decision.
final class ClearText {
  private static final Set<String> DECIDED =
      Set.of("disable", "require", "verify-ca", "verify-full");
  private static final Pattern MODE = Pattern.compile("[?&]sslmode=([^&]*)");
  private static final Pattern HOSTS = Pattern.compile("jdbc:postgresql://([^/?]*).*");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.[0-9.]+|\\[::1])?(:[0-9]+)?");

  private ClearText() {}

  /// The warning for a connection, if there is one.
  ///
  /// @param encrypted whether the server says that the connection uses TLS
  /// @return the message for the log; empty when there is nothing to warn of
  static Optional<String> warning(PostgresSettings settings, boolean encrypted) {
    if (encrypted || isDecided(settings.url()) || isLocal(settings.url())) {
      return Optional.empty();
    }
    return Optional.of(
        "The connection to the database %s is not encrypted: add ?sslmode=verify-full to GATEHOUSE_DATABASE_URL, or sslmode=disable if the network is protected otherwise"
            .formatted(settings.address()));
  }

  private static boolean isDecided(String url) {
    var mode = MODE.matcher(url);
    return mode.find() && DECIDED.contains(mode.group(1).toLowerCase(Locale.ROOT));
  }

  private static boolean isLocal(String url) {
    var hosts = HOSTS.matcher(url);
    return !hosts.matches()
        || Stream.of(hosts.group(1).split(",", -1))
            .allMatch(host -> LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches());
  }
}
