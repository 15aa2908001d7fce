package dev.gatehouse.telemetry.tracing;

import dev.gatehouse.discovery.DiscoveryListener.Call;
import dev.gatehouse.gateway.UpstreamListener;
import dev.gatehouse.hashing.HashingListener.Operation;
import dev.gatehouse.hashing.HashingListener.Passage;
import dev.gatehouse.http.Filter;
import dev.gatehouse.http.observation.RequestTracer;
import dev.gatehouse.postgres.database.StatementListener;
import dev.gatehouse.resilience.HostNames;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Records sampled requests as spans and sends them to a collector, in batches, on a background
/// thread. No request waits or fails: spans are dropped when the queue is full.
/// Thread-safe.
public final class Tracing implements AutoCloseable {
  private static final long LONGEST_FLUSH_SECONDS = 3;

  private final SdkTracerProvider provider;
  private final RequestSpans requests;
  private final UseCaseSpans useCases;
  private final HashingSpans hashing;
  private final StatementSpans statements;
  private final CallSpans calls;
  private final RedisSpans redis;
  private final UpstreamSpans upstreams;

  private Tracing(TracingSettings settings, SpanExporter exporter) {
    var ids = new PreparedIds();
    TracingSettings.Batches batches = settings.batches();
    provider =
        SdkTracerProvider.builder()
            // Only sampled spans reach the SDK.
            .setSampler(Sampler.alwaysOn())
            .setIdGenerator(ids)
            .setResource(resource(settings))
            .addSpanProcessor(
                BatchSpanProcessor.builder(new WatchedExporter(exporter))
                    .setScheduleDelay(batches.delay())
                    .setExporterTimeout(batches.timeout())
                    .setMaxQueueSize(batches.queue())
                    .setMaxExportBatchSize(batches.size())
                    .build())
            .build();
    var spans = new Spans(provider.get("dev.gatehouse"));
    requests = new RequestSpans(settings.sampling(), spans, ids);
    useCases = new UseCaseSpans(spans);
    hashing = new HashingSpans(spans);
    statements = new StatementSpans(spans);
    calls = new CallSpans(settings.sampling(), spans);
    redis = new RedisSpans(spans);
    upstreams = new UpstreamSpans(spans);
  }

  /// Starts recording without waiting for the collector, which may come and go.
  ///
  /// @throws IOException when the collector's certificate cannot be read
  public static Tracing start(TracingSettings settings) throws IOException {
    return new Tracing(settings, exporter(settings));
  }

  /// The spans of requests.
  public RequestTracer requests() {
    return requests;
  }

  /// The spans of use cases.
  public Filter useCases() {
    return useCases;
  }

  /// The spans of statements.
  public StatementListener statements() {
    return statements;
  }

  /// The spans of Redis commands.
  public io.lettuce.core.tracing.Tracing redis() {
    return redis;
  }

  /// The spans of a gateway's attempts at instances.
  public UpstreamListener upstreams() {
    return upstreams;
  }

  /// The spans of a hash.
  public Passage asked(Operation operation) {
    return hashing.asked(operation);
  }

  /// The span of a call to another service, which continues the trace.
  ///
  /// @param header receives the headers that propagate the trace
  public Call calling(String method, URI url, BiConsumer<String, String> header) {
    return calls.calling(method, url, header);
  }

  /// Sends the queued spans, within a few seconds.
  @Override
  public void close() {
    provider.shutdown().join(LONGEST_FLUSH_SECONDS, TimeUnit.SECONDS);
  }

  private static Resource resource(TracingSettings settings) {
    AttributesBuilder attributes = Attributes.builder();
    settings.resource().forEach(attributes::put);
    return Resource.getDefault().merge(Resource.create(attributes.build()));
  }

  private static SpanExporter exporter(TracingSettings settings) throws IOException {
    if (HostNames.isCallable(settings.collector())) {
      return exporter(settings, settings.collector());
    }
    return new ResolvedExporter(settings.collector(), address -> exporter(settings, address));
  }

  private static SpanExporter exporter(TracingSettings settings, URI collector) throws IOException {
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(collector.toString())
            .setTimeout(settings.timeout())
            .setConnectTimeout(settings.timeout())
            .setHeaders(settings::headers);
    if (settings.compressed()) {
      exporter.setCompression("gzip");
    }
    if (settings.certificate().isPresent()) {
      exporter.setTrustedCertificates(Files.readAllBytes(settings.certificate().get()));
    }
    return exporter.build();
  }
}
