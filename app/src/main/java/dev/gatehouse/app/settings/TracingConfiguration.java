package dev.gatehouse.app.settings;

import static dev.gatehouse.app.settings.StandardVariable.optional;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.config.SettingTypes;
import dev.gatehouse.telemetry.tracing.Sampling;
import dev.gatehouse.telemetry.tracing.TracingSettings;
import dev.gatehouse.telemetry.tracing.TracingSettings.Batches;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where spans go, by the variables that every program with OpenTelemetry has. Off without an
/// endpoint.
public final class TracingConfiguration {
  private static final String PROTOCOL_SPOKEN = "http/protobuf";
  private static final String TRACES_PATH = "v1/traces";
  private static final String AS_ABOVE = "none: as for all signals";

  static final Setting<URI> ENDPOINT =
      optional(
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          StandardVariable.url(),
          "none: no tracing",
          "the collector; `/v1/traces` is appended to its URL");
  static final Setting<URI> TRACES_ENDPOINT =
      optional(
          "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
          StandardVariable.url(),
          AS_ABOVE,
          "the collector of traces, including its path");
  static final Setting<Boolean> DISABLED =
      StandardVariable.of(
          "OTEL_SDK_DISABLED", StandardVariable.truth(), "false", "switches tracing off");
  static final Setting<String> EXPORTER =
      StandardVariable.of(
          "OTEL_TRACES_EXPORTER",
          StandardVariable.word("otlp", "none"),
          "otlp",
          "`none` switches tracing off");
  static final Setting<String> PROTOCOL =
      StandardVariable.of(
          "OTEL_EXPORTER_OTLP_PROTOCOL",
          StandardVariable.word(PROTOCOL_SPOKEN),
          PROTOCOL_SPOKEN,
          "only `http/protobuf` is supported");
  static final Setting<String> TRACES_PROTOCOL =
      optional(
          "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
          StandardVariable.word(PROTOCOL_SPOKEN),
          AS_ABOVE,
          "the same for traces");
  static final Setting<Map<String, String>> HEADERS =
      optional(
              "OTEL_EXPORTER_OTLP_HEADERS",
              StandardVariable.pairs(),
              "none",
              "headers for the collector, such as an API key")
          .asSecret();
  static final Setting<Map<String, String>> TRACES_HEADERS =
      optional(
              "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
              StandardVariable.pairs(),
              AS_ABOVE,
              "the same for traces; replaces those above")
          .asSecret();
  static final Setting<Duration> TIMEOUT =
      StandardVariable.of(
          "OTEL_EXPORTER_OTLP_TIMEOUT",
          StandardVariable.millis(1),
          "10000",
          "timeout for sending a batch, in milliseconds");
  static final Setting<Duration> TRACES_TIMEOUT =
      optional(
          "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
          StandardVariable.millis(1),
          AS_ABOVE,
          "the same for traces");
  static final Setting<String> COMPRESSION =
      StandardVariable.of(
          "OTEL_EXPORTER_OTLP_COMPRESSION",
          StandardVariable.word("none", "gzip"),
          "none",
          "compression of batches");
  static final Setting<String> TRACES_COMPRESSION =
      optional(
          "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION",
          StandardVariable.word("none", "gzip"),
          AS_ABOVE,
          "the same for traces");
  static final Setting<Path> CERTIFICATE =
      optional(
          "OTEL_EXPORTER_OTLP_CERTIFICATE",
          SettingTypes.path(),
          "none: the roots of the system",
          "PEM file with the CA of the collector's certificate");
  static final Setting<Path> TRACES_CERTIFICATE =
      optional(
          "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
          SettingTypes.path(),
          AS_ABOVE,
          "the same for traces");
  static final Setting<String> SAMPLER =
      StandardVariable.of(
          "OTEL_TRACES_SAMPLER",
          StandardVariable.word(
              "always_on",
              "always_off",
              "traceidratio",
              "parentbased_always_on",
              "parentbased_always_off",
              "parentbased_traceidratio"),
          "parentbased_always_on",
          "which requests are recorded; with `parentbased_` a client that sends a trace decides");
  static final Setting<Double> SAMPLER_SHARE =
      StandardVariable.of(
          "OTEL_TRACES_SAMPLER_ARG",
          StandardVariable.share(),
          "1",
          "the share of traces, for the samplers named `traceidratio`");
  static final Setting<List<String>> PROPAGATORS =
      StandardVariable.of(
          "OTEL_PROPAGATORS",
          StandardVariable.words("tracecontext", "baggage"),
          "tracecontext,baggage",
          "propagation of traces: always `tracecontext`; baggage is not supported");
  static final Setting<String> SERVICE_NAME =
      optional(
          "OTEL_SERVICE_NAME",
          SettingTypes.text(),
          "as `GATEHOUSE_SERVICE_NAME`",
          "`service.name` of the spans");
  static final Setting<Map<String, String>> RESOURCE =
      optional(
          "OTEL_RESOURCE_ATTRIBUTES",
          StandardVariable.pairs(),
          "none",
          "further attributes of this process, such as `deployment.environment.name=production`");
  static final Setting<Duration> DELAY =
      StandardVariable.of(
          "OTEL_BSP_SCHEDULE_DELAY",
          StandardVariable.millis(1),
          "5000",
          "delay before spans are sent");
  static final Setting<Duration> EXPORT_TIMEOUT =
      StandardVariable.of(
          "OTEL_BSP_EXPORT_TIMEOUT",
          StandardVariable.millis(1),
          "30000",
          "timeout for sending a batch, including retries");
  static final Setting<Integer> QUEUE =
      StandardVariable.of(
          "OTEL_BSP_MAX_QUEUE_SIZE",
          StandardVariable.count(),
          "2048",
          "largest number of queued spans; further ones are dropped");
  static final Setting<Integer> BATCH =
      StandardVariable.of(
          "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
          StandardVariable.count(),
          "512",
          "largest batch of spans");

  public static final Section SECTION =
      new Section(
          "Tracing",
          List.of(
              ENDPOINT,
              TRACES_ENDPOINT,
              DISABLED,
              EXPORTER,
              PROTOCOL,
              TRACES_PROTOCOL,
              HEADERS,
              TRACES_HEADERS,
              TIMEOUT,
              TRACES_TIMEOUT,
              COMPRESSION,
              TRACES_COMPRESSION,
              CERTIFICATE,
              TRACES_CERTIFICATE,
              SAMPLER,
              SAMPLER_SHARE,
              PROPAGATORS,
              SERVICE_NAME,
              RESOURCE,
              DELAY,
              EXPORT_TIMEOUT,
              QUEUE,
              BATCH),
          List.of());

  private TracingConfiguration() {}

  /// Where spans go, empty when they go nowhere.
  ///
  /// @param instanceId tells this process from all others of the service
  public static Optional<TracingSettings> tracing(Configuration from, String instanceId) {
    if (from.get(DISABLED) || from.get(EXPORTER).equals("none")) {
      return Optional.empty();
    }
    return collector(from)
        .map(
            collector ->
                new TracingSettings(
                    collector,
                    from.find(TRACES_HEADERS).or(() -> from.find(HEADERS)).orElse(Map.of()),
                    from.find(TRACES_TIMEOUT).orElseGet(() -> from.get(TIMEOUT)),
                    from.find(TRACES_COMPRESSION)
                        .orElseGet(() -> from.get(COMPRESSION))
                        .equals("gzip"),
                    from.find(TRACES_CERTIFICATE).or(() -> from.find(CERTIFICATE)),
                    sampling(from.get(SAMPLER), from.get(SAMPLER_SHARE)),
                    new Batches(
                        from.get(DELAY),
                        from.get(EXPORT_TIMEOUT),
                        from.get(QUEUE),
                        Math.min(from.get(BATCH), from.get(QUEUE))),
                    resource(from, instanceId)));
  }

  /// What is ignored of the variables, as far as it matters: without a collector none of it does,
  /// and the values may be meant for another program.
  public static List<String> warnings(Configuration from) {
    boolean endpoint =
        collector(from).isPresent()
            || from.warnings().stream().anyMatch(text -> text.contains("_ENDPOINT "));
    return endpoint && !from.get(DISABLED) ? from.warnings() : List.of();
  }

  private static Optional<URI> collector(Configuration from) {
    return from.find(TRACES_ENDPOINT)
        .or(() -> from.find(ENDPOINT).map(TracingConfiguration::under));
  }

  private static URI under(URI endpoint) {
    String base = endpoint.toString();
    return URI.create(base.endsWith("/") ? base + TRACES_PATH : base + '/' + TRACES_PATH);
  }

  private static Sampling sampling(String sampler, double share) {
    boolean parentDecides = sampler.startsWith("parentbased_");
    return switch (sampler.replace("parentbased_", "")) {
      case "always_on" -> new Sampling(1, parentDecides);
      case "always_off" -> new Sampling(0, parentDecides);
      default -> new Sampling(share, parentDecides);
    };
  }

  private static Map<String, String> resource(Configuration from, String instanceId) {
    var resource = new HashMap<String, String>();
    resource.put("service.name", from.get(ClusterConfiguration.SERVICE_NAME));
    resource.put("service.instance.id", instanceId);
    from.find(RESOURCE).ifPresent(resource::putAll);
    from.find(SERVICE_NAME).ifPresent(name -> resource.put("service.name", name));
    return resource;
  }
}
