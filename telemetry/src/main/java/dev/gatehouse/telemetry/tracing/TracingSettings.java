package dev.gatehouse.telemetry.tracing;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Where spans go, and how many. Immutable.
///
/// @param collector takes `POST` of OTLP in protobuf, its path included
/// @param headers sent with every batch; may be secret
/// @param timeout of one attempt to send a batch
/// @param compressed whether batches are sent in gzip
/// @param certificate of the collector, or of who signed it; the system's own roots when empty
/// @param resource describes this process, `service.name` among it
public record TracingSettings(
    URI collector,
    Map<String, String> headers,
    Duration timeout,
    boolean compressed,
    Optional<Path> certificate,
    Sampling sampling,
    Batches batches,
    Map<String, String> resource) {
  public TracingSettings {
    headers = Map.copyOf(headers);
    resource = Map.copyOf(resource);
  }

  /// The usual way to a collector, everything recorded.
  public static TracingSettings to(URI collector) {
    return new TracingSettings(
        collector,
        Map.of(),
        Duration.ofSeconds(10),
        false,
        Optional.empty(),
        Sampling.STANDARD,
        Batches.STANDARD,
        Map.of("service.name", "gatehouse"));
  }

  /// How spans wait to be sent.
  ///
  /// @param delay how long they are gathered at most
  /// @param timeout how long sending a batch may take, all attempts included
  /// @param queue how many may wait; further ones are dropped
  /// @param size how many are sent at once, at most
  public record Batches(Duration delay, Duration timeout, int queue, int size) {
    static final Batches STANDARD =
        new Batches(Duration.ofSeconds(5), Duration.ofSeconds(30), 2048, 512);
  }

  /// Without the headers, which may be secret.
  @Override
  public String toString() {
    return "TracingSettings[" + collector + ", " + sampling + "]";
  }
}
