package dev.gatehouse.telemetry.tracing;

import dev.gatehouse.resilience.HostNames;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Sends spans to a collector whose name contains an underscore. The JDK's HTTP client rejects such
/// names, so each batch resolves the name and is sent to the address. Called by one thread at a
/// time.
final class ResolvedExporter implements SpanExporter {
  private final URI collector;
  private final Opening opening;
  private @Nullable URI current;
  private @Nullable SpanExporter exporter;

  /// Creates the exporter for an address.
  @FunctionalInterface
  interface Opening {
    SpanExporter to(URI address) throws IOException;
  }

  ResolvedExporter(URI collector, Opening opening) {
    this.collector = collector;
    this.opening = opening;
  }

  @Override
  public synchronized CompletableResultCode export(Collection<SpanData> spans) {
    try {
      return there().export(spans);
    } catch (IOException unknown) {
      return CompletableResultCode.ofExceptionalFailure(unknown);
    }
  }

  @Override
  public synchronized CompletableResultCode flush() {
    return exporter == null ? CompletableResultCode.ofSuccess() : exporter.flush();
  }

  @Override
  public synchronized CompletableResultCode shutdown() {
    return exporter == null ? CompletableResultCode.ofSuccess() : exporter.shutdown();
  }

  private SpanExporter there() throws IOException {
    URI address = HostNames.callable(collector);
    SpanExporter known = exporter;
    if (known != null && address.equals(current)) {
      return known;
    }
    if (known != null) {
      var _ = known.shutdown();
    }
    SpanExporter opened = opening.to(address);
    exporter = opened;
    current = address;
    return opened;
  }
}
