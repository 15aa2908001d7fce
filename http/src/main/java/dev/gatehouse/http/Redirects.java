package dev.gatehouse.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/// Checks where a redirect leads.
final class Redirects {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private Redirects() {}

  /// Accepts a path on this server, and a whole HTTP address. Rejects what browsers read in another
  /// way than it looks: `//host`, backslashes, credentials in front of the host.
  ///
  /// @throws IllegalArgumentException when a client may not be sent there
  static String requireLocation(String location) {
    if (!isPath(location) && !isAddress(location)) {
      throw new IllegalArgumentException("Not the location of a redirect.");
    }
    return location;
  }

  private static boolean isPath(String location) {
    return location.startsWith("/") && !location.startsWith("//") && isUri(location);
  }

  private static boolean isAddress(String location) {
    if (!isUri(location)) {
      return false;
    }
    URI uri = URI.create(location);
    return uri.getScheme() != null
        && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null;
  }

  private static boolean isUri(String location) {
    try {
      return new URI(location).toASCIIString().equals(location);
    } catch (URISyntaxException malformed) {
      return false;
    }
  }
}
