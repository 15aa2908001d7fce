package dev.gatehouse.app.settings;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.InvalidValue;
import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.config.SettingType;
import dev.gatehouse.app.config.SettingTypes;
import dev.gatehouse.discovery.Instance;
import dev.gatehouse.gateway.UpstreamSettings;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.upstream.UpstreamClusterSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where the gateway listens, where it passes requests on to, and how often it tries.
public final class GatewayConfiguration {
  private static final String UPSTREAMS_FORM =
      "host:port,host:port, none of them twice, " + ClusterConfiguration.HOST_FORM;
  private static final String SHARE_FORM = "a number from 0 to 1";
  private static final int MAX_UPSTREAMS = 256;

  public static final Setting<Integer> PORT =
      Setting.of("GATEWAY_PORT", SettingTypes.port(), "8000", "port of the gateway");
  public static final Setting<List<Instance>> UPSTREAMS =
      Setting.optional(
          "GATEWAY_UPSTREAMS",
          new SettingType<>(
              UPSTREAMS_FORM, GatewayConfiguration::readUpstreams, GatewayConfiguration::write),
          "none: the instances in Consul under `GATEHOUSE_SERVICE_NAME`",
          "the instances to which requests are forwarded");
  public static final Setting<Policy> BALANCER =
      Setting.of(
          "GATEWAY_BALANCER",
          SettingTypes.oneOf(Policy.class),
          "round-robin",
          "choice of the instance: each in turn, or the less loaded of two random ones");
  public static final Setting<Integer> ATTEMPTS =
      Setting.of(
          "GATEWAY_ATTEMPTS",
          SettingTypes.number(1, 10),
          "3",
          "attempts at one request, including the first; only safe requests are retried");
  public static final Setting<Double> RETRY_BUDGET =
      Setting.of(
          "GATEWAY_RETRY_BUDGET",
          SettingType.measure(SHARE_FORM, GatewayConfiguration::readShare, String::valueOf),
          "0.2",
          "largest number of retries for each request over ten seconds, or ten retries if that is more; 0: no retries");

  public static final Section SECTION =
      new Section(
          "Gateway",
          List.of(PORT, UPSTREAMS, BALANCER, ATTEMPTS, RETRY_BUDGET),
          List.of(GatewayConfiguration::portsDiffer));

  private GatewayConfiguration() {}

  /// How the gateway listens.
  public static HttpSettings http(Configuration configuration) {
    return HttpConfiguration.api(configuration)
        .listeningOn(configuration.get(HttpConfiguration.HOST), configuration.get(PORT));
  }

  /// How the instances are called.
  public static UpstreamClusterSettings cluster(Configuration configuration) {
    UpstreamClusterSettings anywhere =
        UpstreamClusterSettings.of(configuration.get(BALANCER))
            .repeating(configuration.get(ATTEMPTS), configuration.get(RETRY_BUDGET));
    return configuration
        .find(ClusterConfiguration.SERVICE_ZONE)
        .map(anywhere::preferring)
        .orElse(anywhere);
  }

  /// How connections to them are used; a body the API would take is kept for a repetition.
  public static UpstreamSettings upstream(Configuration configuration) {
    return UpstreamSettings.holding(configuration.get(HttpConfiguration.MAX_BODY));
  }

  private static List<Instance> readUpstreams(String text) throws InvalidValue {
    var upstreams = new ArrayList<Instance>();
    for (String address : text.split(",", MAX_UPSTREAMS + 1)) {
      try {
        upstreams.add(ClusterConfiguration.readAddress(address.strip()));
      } catch (InvalidValue unreadable) {
        throw new InvalidValue(UPSTREAMS_FORM);
      }
    }
    if (upstreams.stream().distinct().count() != upstreams.size()) {
      throw new InvalidValue(UPSTREAMS_FORM);
    }
    return List.copyOf(upstreams);
  }

  private static String write(List<Instance> upstreams) {
    return upstreams.stream().map(Instance::id).collect(Collectors.joining(","));
  }

  private static double readShare(String text) throws InvalidValue {
    if (!text.matches("0(\\.[0-9]{1,4})?|1(\\.0{1,4})?")) {
      throw new InvalidValue(SHARE_FORM);
    }
    return Double.parseDouble(text);
  }

  private static Optional<String> portsDiffer(Configuration configuration) {
    int port = configuration.get(PORT);
    boolean clash = port != 0 && port == configuration.get(HttpConfiguration.MANAGEMENT_PORT);
    return clash
        ? Optional.of(
            "%s and %s must differ"
                .formatted(PORT.name(), HttpConfiguration.MANAGEMENT_PORT.name()))
        : Optional.empty();
  }
}
