package dev.gatehouse.app.wiring;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.settings.HttpConfiguration;
import dev.gatehouse.errors.Fault;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Binds a port, or says which setting to change.
final class Listening {
  private static final int PROMETHEUS = 9090;

  private Listening() {}

  /// Starts what listens on the port of a setting.
  static <P extends AutoCloseable> P start(
      Lifecycle lifecycle,
      String name,
      Configuration configuration,
      Setting<Integer> port,
      Callable<P> server) {
    return lifecycle.start(
        name,
        () -> {
          try {
            return server.call();
          } catch (Fault refused) {
            throw new Fault(words(configuration, port, refused), refused);
          }
        });
  }

  private static String words(
      Configuration configuration, Setting<Integer> setting, Fault refused) {
    int port = configuration.get(setting);
    String place = configuration.get(HttpConfiguration.HOST) + ":" + port;
    String reason = reason(refused);
    if (reason.contains("assign requested address")) {
      return "%s is no address of this machine; set %s to one that is, or to 0.0.0.0 for all"
          .formatted(place, HttpConfiguration.HOST.name());
    }
    String prometheus =
        port == PROMETHEUS ? " (Prometheus listens there unless told otherwise)" : "";
    return "Cannot listen on %s: %s%s; set %s to a free port"
        .formatted(place, reason, prometheus, setting.name());
  }

  private static String reason(Throwable refused) {
    Throwable cause = refused;
    for (int depth = 0; cause != null && depth < 8; depth++) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("in use")) {
        return "another program does";
      }
      if (message.contains("assign requested") || message.contains("ermission denied")) {
        return message;
      }
      cause = cause.getCause();
    }
    return Optional.ofNullable(refused.getCause()).map(Throwable::toString).orElse("it is refused");
  }
}
