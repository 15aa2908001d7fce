package dev.gatehouse.app.settings;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.Durations;
import dev.gatehouse.app.config.Origins;
import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.config.SettingTypes;
import dev.gatehouse.app.config.Sizes;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.tls.CertificateFiles;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where the program listens, and for how long it waits for whom.
public final class HttpConfiguration {
  public static final Setting<String> HOST =
      Setting.of(
          "HTTP_HOST",
          SettingTypes.host(),
          "127.0.0.1",
          "interface to listen on; `0.0.0.0` for all, as the container image sets");
  public static final Setting<Integer> PORT =
      Setting.of("HTTP_PORT", SettingTypes.port(), "8080", "port of the API");
  public static final Setting<Integer> MANAGEMENT_PORT =
      Setting.of(
          "MANAGEMENT_PORT",
          SettingTypes.port(),
          "9090",
          "port of `/metrics`, `/health` and `/ready`");
  public static final Setting<Path> TLS_CERTIFICATE =
      Setting.optional(
          "TLS_CERTIFICATE",
          SettingTypes.path(),
          "none: plain HTTP",
          "PEM file of the API certificate and its intermediate certificates; reloaded when it changes");
  public static final Setting<Path> TLS_KEY =
      Setting.optional(
          "TLS_KEY",
          SettingTypes.path(),
          "none: plain HTTP",
          "PEM file of the private key of the certificate, unencrypted; reloaded when it changes");
  public static final Setting<Set<String>> CORS_ORIGINS =
      Setting.optional(
          "CORS_ORIGINS",
          Origins.kind(),
          "none: scripts of other origins are blocked",
          "web origins whose scripts may call the API");
  public static final Setting<Duration> HEADER_TIMEOUT =
      Setting.of(
          "HTTP_HEADER_TIMEOUT",
          Durations.between("100ms", "5m"),
          "5s",
          "timeout for the head of a request");
  public static final Setting<Duration> REQUEST_TIMEOUT =
      Setting.of(
          "HTTP_REQUEST_TIMEOUT",
          Durations.between("100ms", "5m"),
          "10s",
          "timeout for a whole request, including its body");
  public static final Setting<Duration> IDLE_TIMEOUT =
      Setting.of(
          "HTTP_IDLE_TIMEOUT",
          Durations.between("1s", "1h"),
          "60s",
          "timeout for an idle connection");
  public static final Setting<Integer> MAX_BODY =
      Setting.of(
          "HTTP_MAX_BODY", Sizes.between(1024, 16 * 1024 * 1024), "64KiB", "largest request body");
  public static final Setting<Integer> MAX_CONNECTIONS =
      Setting.of(
          "HTTP_MAX_CONNECTIONS",
          SettingTypes.number(1, 1_000_000),
          "20000",
          "largest number of open connections; further ones are closed");
  public static final Setting<Duration> SHUTDOWN_GRACE =
      Setting.of("SHUTDOWN_GRACE", Durations.between("1s", "10m"), "20s", "timeout for a shutdown");
  public static final Setting<Duration> SHUTDOWN_DELAY =
      Setting.of(
          "SHUTDOWN_DELAY",
          Durations.between("0s", "5m"),
          "1s",
          "time for which a stopping instance serves while `/ready` responds with 503, so that balancers stop using it; part of the grace");

  public static final Section SECTION =
      new Section(
          "HTTP",
          List.of(
              HOST,
              PORT,
              MANAGEMENT_PORT,
              TLS_CERTIFICATE,
              TLS_KEY,
              CORS_ORIGINS,
              HEADER_TIMEOUT,
              REQUEST_TIMEOUT,
              IDLE_TIMEOUT,
              MAX_BODY,
              MAX_CONNECTIONS,
              SHUTDOWN_GRACE,
              SHUTDOWN_DELAY),
          List.of(
              HttpConfiguration::portsDiffer,
              HttpConfiguration::delayFitsGrace,
              HttpConfiguration::certificateHasKey));

  private HttpConfiguration() {}

  /// How the API listens.
  public static HttpSettings api(Configuration configuration) {
    Duration grace = configuration.get(SHUTDOWN_GRACE).minus(configuration.get(SHUTDOWN_DELAY));
    return new HttpSettings(
        configuration.get(HOST),
        configuration.get(PORT),
        configuration.get(HEADER_TIMEOUT),
        configuration.get(REQUEST_TIMEOUT),
        configuration.get(IDLE_TIMEOUT),
        configuration.get(MAX_BODY),
        configuration.get(MAX_CONNECTIONS),
        // As a duration it would be divided by BigDecimal, whose tables take long to make.
        Duration.ofMillis(grace.toMillis() / 2));
  }

  /// `https` when the API speaks TLS, else `http`.
  public static String scheme(Configuration configuration) {
    return configuration.find(TLS_CERTIFICATE).isPresent() ? "https" : "http";
  }

  /// An address others can call.
  public static String address(String scheme, Configuration configuration, int port) {
    return scheme + "://" + TokenConfiguration.reachable(configuration.get(HOST)) + ":" + port;
  }

  /// Where the API's certificate and its key lie.
  public record CertificatePaths(Path certificate, Path key) {
    /// Reads them.
    public CertificateFiles open(EventLoops loops, PeriodicTasks tasks) {
      return CertificateFiles.open(certificate, key, loops, tasks);
    }
  }

  /// The certificate and the key of the API, where there are any.
  public static Optional<CertificatePaths> certificate(Configuration configuration) {
    return configuration
        .find(TLS_CERTIFICATE)
        .map(file -> new CertificatePaths(file, configuration.find(TLS_KEY).orElseThrow()));
  }

  /// How the management port listens.
  public static HttpSettings management(Configuration configuration) {
    return api(configuration)
        .listeningOn(configuration.get(HOST), configuration.get(MANAGEMENT_PORT));
  }

  private static Optional<String> portsDiffer(Configuration configuration) {
    int port = configuration.get(PORT);
    boolean clash = port != 0 && port == configuration.get(MANAGEMENT_PORT);
    return clash
        ? Optional.of("%s and %s must differ".formatted(PORT.name(), MANAGEMENT_PORT.name()))
        : Optional.empty();
  }

  private static Optional<String> certificateHasKey(Configuration configuration) {
    boolean complete =
        configuration.find(TLS_CERTIFICATE).isPresent() == configuration.find(TLS_KEY).isPresent();
    return complete
        ? Optional.empty()
        : Optional.of(
            "%s and %s are needed both, or neither"
                .formatted(TLS_CERTIFICATE.name(), TLS_KEY.name()));
  }

  private static Optional<String> delayFitsGrace(Configuration configuration) {
    boolean fits =
        configuration.get(SHUTDOWN_DELAY).compareTo(configuration.get(SHUTDOWN_GRACE)) < 0;
    return fits
        ? Optional.empty()
        : Optional.of(
            "%s must be shorter than %s".formatted(SHUTDOWN_DELAY.name(), SHUTDOWN_GRACE.name()));
  }
}
