package dev.gatehouse.app.wiring;

import dev.gatehouse.http.Filter;
import dev.gatehouse.http.Route;
import dev.gatehouse.postgres.cleanup.Cleanup;
import java.util.List;

/// A feature of an instance. Its start registers what runs in the background, its metrics and its
/// readiness checks with the [ServingPlatform]; the servers and the sweeper take the rest from
/// here.
interface Part {
  /// What the API serves of the feature.
  List<Route> routes();

  /// What the feature does around every request, also of other features.
  default List<Filter> filters() {
    return List.of();
  }

  /// How rows of the feature's tables are deleted once they have expired.
  default List<Cleanup> cleanups() {
    return List.of();
  }
}
