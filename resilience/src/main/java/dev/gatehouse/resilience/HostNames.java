package dev.gatehouse.resilience;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Hosts in URLs, also those whose names have an underscore, as names of containers often do: for
/// [URI#getHost] they are no hosts, and the JDK's HTTP client does not call them by name.
public final class HostNames {
  private static final int LONGEST = 253;
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\\.?");
  private static final Pattern ENDS_LIKE_ADDRESS = Pattern.compile("\\.[0-9][^.]*$");
  private static final Pattern ADDRESS =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})(\\.(?!$)|$)){4}");
  private static final Pattern LITERAL =
      Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[0-9A-Za-z]+)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+))(?::([0-9]{1,5}))?");

  private HostNames() {}

  /// A host and, where one is written, its port.
  ///
  /// @param host IPv6 without brackets
  /// @param port -1 when none is written
  public record Place(String host, int port) {}

  /// Whether this is a host's name or an address, IPv6 without brackets.
  public static boolean isHost(String text) {
    return text.length() <= LONGEST && (isName(text) || LITERAL.matcher(text).matches());
  }

  /// Reads `host`, `host:port` or `[address]:port`.
  ///
  /// @return empty when it is none of these
  public static Optional<Place> parse(String authority) {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean bracketed = parts.group(1) != null;
    String host = bracketed ? parts.group(1) : parts.group(2);
    int port = parts.group(3) == null ? -1 : Integer.parseInt(parts.group(3));
    boolean fits = bracketed ? isLiteral(host) : isName(host);
    return fits && host.length() <= LONGEST && port <= 65_535 && port != 0
        ? Optional.of(new Place(host, port))
        : Optional.empty();
  }

  private static boolean isLiteral(String text) {
    try {
      return LITERAL.matcher(text).matches() && new URI("//[" + text + "]").getHost() != null;
    } catch (URISyntaxException unreadable) {
      return false;
    }
  }

  /// A name, or an IPv4 address: what ends like one must be one.
  private static boolean isName(String text) {
    boolean numbered = ENDS_LIKE_ADDRESS.matcher(text).find();
    return NAME.matcher(text).matches() && (!numbered || ADDRESS.matcher(text).matches());
  }

  /// The host and the port of a URL.
  ///
  /// @return empty when it has none, or a user in front of them
  public static Optional<Place> of(URI url) {
    return Optional.ofNullable(url.getRawAuthority()).flatMap(HostNames::parse);
  }

  /// Whether the JDK's HTTP client calls the host of this URL by its name.
  public static boolean isCallable(URI url) {
    return url.getHost() != null;
  }

  /// The URL in a form that the JDK's HTTP client takes: where it does not take the host's name,
  /// the address that the name has now is in its place.
  ///
  /// @throws UnknownHostException when the name has no address
  public static URI callable(URI url) throws UnknownHostException {
    if (isCallable(url)) {
      return url;
    }
    Place place = of(url).orElseThrow(() -> new IllegalArgumentException("The URL names no host"));
    String address = InetAddress.getByName(place.host()).getHostAddress();
    String host = address.contains(":") ? "[" + address + "]" : address;
    String port = place.port() < 0 ? "" : ":" + place.port();
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return URI.create(url.getScheme() + "://" + host + port + path + query);
  }
}
