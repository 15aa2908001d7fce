package dev.gatehouse.telemetry.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the log when spans no longer reach the collector, and when they do again, each once.
final class WatchedExporter implements SpanExporter {
  private static final Logger log = LoggerFactory.getLogger(WatchedExporter.class);

  private final SpanExporter exporter;
  private final AtomicBoolean failing = new AtomicBoolean();

  WatchedExporter(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(() -> note(result));
  }

  private void note(CompletableResultCode result) {
    if (result.isSuccess()) {
      if (failing.compareAndSet(true, false)) {
        log.info("spans reach the collector again");
      }
      return;
    }
    if (failing.compareAndSet(false, true)) {
      String cause =
          result.getFailureThrowable() == null ? "" : result.getFailureThrowable().toString();
      log.atWarn()
          .addKeyValue("cause", cause)
          .log("spans do not reach the collector, and are lost");
    }
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
