package dev.gatehouse.discovery;

import dev.gatehouse.resilience.HostNames;
import dev.gatehouse.resilience.balancing.Target;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One running copy of a service. Immutable.
///
/// @param id tells it apart from the others, stable over restarts
/// @param host a name of letters, digits, hyphens, underscores and dots, or an address, IPv6
///     without brackets
/// @param port from 1 to 65535
/// @param zone where it runs, if known
/// @param weight its share of requests in relation to the others, from 1 to 100
/// @param incarnation changes with every start of the instance, empty when unknown
public record Instance(
    String id, String host, int port, Optional<String> zone, int weight, String incarnation)
    implements Target {
  private static final Pattern ADDRESS = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:]+)):(\\d{1,5})");
  private static final Pattern UNSAFE = Pattern.compile("[\\s\\p{Cntrl}/?#@]");

  /// Refuses what could not be an instance.
  public Instance {
    require(!id.isEmpty() && id.length() <= 255 && clean(id), "no id of an instance: ", id);
    require(!host.isEmpty() && host.length() <= 255 && clean(host), "no host: ", host);
    require(port >= 1 && port <= 65_535, "no port: ", port);
    require(
        canBeCalled(host, port),
        "no host of letters, digits, hyphens, underscores and dots: ",
        host);
    require(weight >= 1 && weight <= MAXIMUM_WEIGHT, "no weight: ", weight);
    require(zone.filter(String::isEmpty).isEmpty(), "no zone: ", zone);
  }

  /// One known by its address alone.
  public static Instance at(String host, int port) {
    return new Instance(authority(host, port), host, port, Optional.empty(), 1, "");
  }

  /// One known by its address alone, written `host:port` or `[address]:port`.
  ///
  /// @throws IllegalArgumentException when it is not
  public static Instance parse(String address) {
    Matcher matcher = ADDRESS.matcher(address.strip());
    require(matcher.matches(), "expected host:port, found ", address);
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return at(host, Integer.parseInt(matcher.group(3)));
  }

  /// Host and port as they stand in a URL.
  public String address() {
    return authority(host, port);
  }

  /// Where it responds requests for a path.
  ///
  /// @param target path and query, beginning with a slash
  /// @throws IllegalArgumentException when the target is none
  public URI url(String target) {
    return URI.create("http://" + address() + target);
  }

  /// The same in a zone.
  public Instance in(String zone) {
    return new Instance(id, host, port, Optional.of(zone), weight, incarnation);
  }

  /// The same with another weight.
  public Instance weighing(int weight) {
    return new Instance(id, host, port, zone, weight, incarnation);
  }

  /// The same, said to be started as this one.
  public Instance startedAs(String incarnation) {
    return new Instance(id, host, port, zone, weight, incarnation);
  }

  private static String authority(String host, int port) {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }

  private static boolean canBeCalled(String host, int port) {
    return HostNames.parse(authority(host, port)).isPresent();
  }

  private static boolean clean(String text) {
    return !UNSAFE.matcher(text).find();
  }

  private static void require(boolean holds, String otherwise, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise + value);
    }
  }
}
