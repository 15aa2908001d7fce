package dev.gatehouse.app.architecture.violating.http;

import dev.gatehouse.app.architecture.violating.postgres.LoudTable;
import java.util.Optional;

/// A server that knows a table and has its parts injected.
public final class InjectedServer {
  @Inject private Optional<LoudTable> table = Optional.empty();

  public Optional<LoudTable> table() {
    return table;
  }

  /// Represents those of the frameworks.
  private @interface Inject {}
}
