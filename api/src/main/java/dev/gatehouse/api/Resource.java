package dev.gatehouse.api;

import dev.gatehouse.http.Route;
import java.util.List;

/// What is served under related paths.
public interface Resource {
  /// The routes; each states who may call it.
  List<Route> routes();
}
