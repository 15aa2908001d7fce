package dev.gatehouse.app.settings;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.ConfigurationException;
import dev.gatehouse.app.config.InvalidValue;
import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.config.SettingType;
import dev.gatehouse.app.config.SettingTypes;
import dev.gatehouse.discovery.ConsulSettings;
import dev.gatehouse.discovery.Instance;
import dev.gatehouse.http.address.IpAddress;
import dev.gatehouse.resilience.HostNames;
import dev.gatehouse.resilience.balancing.Target;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How instances find each other.
public final class ClusterConfiguration {
  static final String HOST_FORM = "the host of letters, digits, hyphens, underscores and dots";
  private static final String ADDRESS_FORM = "host:port, " + HOST_FORM;
  private static final String NAME_FORM = "a name of letters, digits and hyphens, at most 63";

  public static final Setting<URI> CONSUL_URL =
      Setting.optional(
          "CONSUL_URL",
          SettingTypes.httpUrl(),
          "none: instances are not registered",
          "the Consul agent with which instances register and which the gateway queries");
  public static final Setting<String> CONSUL_TOKEN =
      Setting.optional(
              "CONSUL_TOKEN",
              SettingTypes.visible(),
              "none",
              "the token for Consul's access control")
          .asSecret();
  public static final Setting<String> SERVICE_NAME =
      Setting.of(
          "SERVICE_NAME",
          new SettingType<>(NAME_FORM, ClusterConfiguration::readName, Function.identity()),
          "gatehouse",
          "the name under which instances are registered");
  public static final Setting<Instance> SERVICE_ADDRESS =
      Setting.optional(
          "SERVICE_ADDRESS",
          address(),
          "the HTTP host and port; the address of the machine where the host is a wildcard",
          "the address of this instance for others; Consul requests `/ready` on the management port of the same host");
  public static final Setting<String> SERVICE_ZONE =
      Setting.optional(
          "SERVICE_ZONE",
          new SettingType<>(NAME_FORM, ClusterConfiguration::readName, Function.identity()),
          "none",
          "zone of this instance, registered as the tag `zone=`; a gateway with a zone prefers instances of the same zone while enough of them are available");
  public static final Setting<Integer> SERVICE_WEIGHT =
      Setting.of(
          "SERVICE_WEIGHT",
          SettingTypes.number(1, Target.MAXIMUM_WEIGHT),
          "1",
          "share of requests of this instance relative to the others, registered as the tag `weight=`");

  public static final Section SECTION =
      new Section(
          "Cluster",
          List.of(
              CONSUL_URL,
              CONSUL_TOKEN,
              SERVICE_NAME,
              SERVICE_ADDRESS,
              SERVICE_ZONE,
              SERVICE_WEIGHT),
          List.of(ClusterConfiguration::consulTakesUrl));

  private ClusterConfiguration() {}

  /// How to get on with Consul, where there is one.
  public static Optional<ConsulSettings> consul(Configuration configuration) {
    return configuration
        .find(CONSUL_URL)
        .map(url -> ConsulSettings.at(url, configuration.find(CONSUL_TOKEN)));
  }

  /// This instance as others are to know it: where it is reached, its zone, its weight.
  ///
  /// @param port the API is listening on
  /// @throws UnknownHostException when it listens on all interfaces and the machine knows no
  ///     address of its own
  public static Instance own(Configuration configuration, int port) throws UnknownHostException {
    Instance weighed = address(configuration, port).weighing(configuration.get(SERVICE_WEIGHT));
    return configuration.find(SERVICE_ZONE).map(weighed::in).orElse(weighed);
  }

  private static Instance address(Configuration configuration, int port)
      throws UnknownHostException {
    Optional<Instance> given = configuration.find(SERVICE_ADDRESS);
    if (given.isPresent()) {
      return given.get();
    }
    String host = configuration.get(HttpConfiguration.HOST);
    return TokenConfiguration.isAnyInterface(host)
        ? Instance.at(IpAddress.of(InetAddress.getLocalHost()).text(), port)
        : Instance.at(host, port);
  }

  /// Refuses an instance to which others could send nothing.
  ///
  /// @throws ConfigurationException when it names no address of its own, and that it listens on is
  ///     no host of a URL
  public static void requireCallable(Configuration configuration) {
    try {
      var _ = own(configuration, 1);
    } catch (IllegalArgumentException uncallable) {
      throw new ConfigurationException(
          List.of(
              "%s must be set where %s is not %s: others could not call this instance"
                  .formatted(SERVICE_ADDRESS.name(), HttpConfiguration.HOST.name(), HOST_FORM)));
    } catch (UnknownHostException noAddress) {
      // Said at the registration itself.
    }
  }

  /// An address in the form `host:port`.
  static SettingType<Instance> address() {
    return new SettingType<>(ADDRESS_FORM, ClusterConfiguration::readAddress, Instance::id);
  }

  static Instance readAddress(String text) throws InvalidValue {
    try {
      return Instance.parse(text);
    } catch (IllegalArgumentException unreadable) {
      throw new InvalidValue(ADDRESS_FORM);
    }
  }

  private static String readName(String text) throws InvalidValue {
    if (!text.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")) {
      throw new InvalidValue(NAME_FORM);
    }
    return text;
  }

  private static Optional<String> consulTakesUrl(Configuration configuration) {
    boolean unnamed =
        configuration
            .find(CONSUL_URL)
            .filter(url -> url.getScheme().equals("https") && !HostNames.isCallable(url))
            .isPresent();
    if (unnamed) {
      return Optional.of(
          "%s must name a host without an underscore where it begins with https"
              .formatted(CONSUL_URL.name()));
    }
    try {
      consul(configuration);
      return Optional.empty();
    } catch (IllegalArgumentException unusable) {
      return Optional.of("%s must name a host and no path".formatted(CONSUL_URL.name()));
    }
  }
}
