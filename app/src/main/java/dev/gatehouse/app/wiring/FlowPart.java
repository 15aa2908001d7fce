package dev.gatehouse.app.wiring;

import dev.gatehouse.http.Route;
import dev.gatehouse.postgres.cleanup.Cleanup;
import dev.gatehouse.postgres.flow.PostgresFlows;
import java.util.List;

/// Flows: proofs by a code or a link from a mail. No route begins one yet.
record FlowPart(List<Route> routes) implements Part {
  FlowPart() {
    this(List.of());
  }

  @Override
  public List<Cleanup> cleanups() {
    return List.of(PostgresFlows.CLEANUP, PostgresFlows.FAILURES_CLEANUP);
  }
}
