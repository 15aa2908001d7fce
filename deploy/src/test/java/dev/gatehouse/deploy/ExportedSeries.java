package dev.gatehouse.deploy;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The series in Prometheus: those that instances expose, as tested by `MetricsTest` in
/// `telemetry`, those of recording rules, and its own. A query for any other series silently
/// returns nothing.
final class ExportedSeries {
  /// Prometheus adds the source to each series.
  private static final List<String> ALWAYS = List.of("instance", "job");

  private final Map<String, Set<String>> labels = new HashMap<>();

  /// @param recorded the names of the recording rules
  ExportedSeries(Collection<String> recorded) {
    recorded.forEach(this::recorded);
    requests();
    accounts();
    others();
    pool();
    process();
    single("up");
    single("ALERTS", "alertname", "alertstate");
  }

  /// The unknown series of a query, and the labels that none of its series has.
  Set<String> unknownIn(Query query) {
    var unknown = new TreeSet<String>();
    var possible = new TreeSet<>(ALWAYS);
    for (String series : query.series()) {
      Set<String> known = labels.get(series);
      if (known == null) {
        unknown.add(series);
      } else {
        possible.addAll(known);
      }
    }
    query.labels().stream().filter(label -> !possible.contains(label)).forEach(unknown::add);
    return unknown;
  }

  /// Recording rules have no labels, except the status of responses.
  private void recorded(String series) {
    single(
        series,
        series.startsWith("gatehouse:responses:") ? new String[] {"status"} : new String[0]);
  }

  private void requests() {
    histogram("http_request_duration_seconds", "method", "path", "status");
    single("active_connections");
    single("clock_offset_seconds");
    single("database_server_refused");
    single("rate_limit_decisions_total", "limit", "decision");
  }

  private void accounts() {
    single("logins_total", "result");
    single("registrations_total", "result");
    histogram("password_hash_duration_seconds", "operation");
    single("password_hash_queue_depth");
    single("password_hash_rejected_total", "reason");
  }

  private void others() {
    single("cache_requests_total", "cache", "tier", "result");
    single("circuit_breaker_state", "name", "state");
    single("discovery_instances", "service", "status");
    // Their label `instance`, renamed because Prometheus adds one.
    single("gateway_upstream_requests_total", "exported_instance", "outcome");
    single("gateway_upstream_in_flight", "exported_instance");
    single("gateway_upstream_changes_total", "exported_instance", "change");
    single("gateway_panics_total");
    single("background_task_last_success_seconds", "task");
    single("feed_horizon_age_seconds", "feed");
  }

  private void pool() {
    for (String state : List.of("", "_active", "_idle", "_max", "_min", "_pending")) {
      single("hikaricp_connections" + state, "pool");
    }
    single("hikaricp_connections_timeout_total", "pool");
    for (String duration : List.of("acquire", "creation", "usage")) {
      summary("hikaricp_connections_" + duration + "_seconds", "pool");
    }
  }

  private void process() {
    single("jvm_memory_used_bytes", "area");
    single("jvm_memory_max_bytes", "area");
    summary("jvm_gc_collection_seconds", "gc");
    single("process_cpu_seconds_total");
    single("process_resident_memory_bytes");
    single("process_start_time_seconds");
  }

  private void histogram(String family, String... own) {
    summary(family, own);
    single(family + "_bucket", own);
    labels.merge(family + "_bucket", Set.of("le"), ExportedSeries::both);
  }

  private void summary(String family, String... own) {
    single(family + "_count", own);
    single(family + "_sum", own);
  }

  private void single(String series, String... own) {
    labels.put(series, Set.of(own));
  }

  private static Set<String> both(Set<String> some, Set<String> more) {
    var all = new TreeSet<>(some);
    all.addAll(more);
    return all;
  }
}
