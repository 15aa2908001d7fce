package dev.gatehouse.telemetry.tracing;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The collector, the sampling and the batches. Immutable.
///
/// @param collector the URL for `POST` of OTLP in protobuf, including its path
/// @param headers sent with every batch; may be secret
/// @param timeout of one attempt to send a batch
/// @param compressed whether batches are sent in gzip
/// @param certificate of the collector or its CA; the roots of the system when empty
/// @param resource describes this process, including `service.name`
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

  /// The default settings, which record everything.
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

  /// The queue of spans and its batches.
  ///
  /// @param delay the longest time until a batch is sent
  /// @param timeout of sending a batch, including all attempts
  /// @param queue the largest number of queued spans; further ones are dropped
  /// @param size the largest batch
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
