package dev.gatehouse.app.config;

import dev.gatehouse.resilience.HostNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// Web origins (RFC 6454), as browsers write them: scheme, host and, unless it is the scheme's own,
/// port.
public final class Origins {
  private static final String FORM =
      "origins such as https://app.example.com, separated by commas; no *, no path";

  private Origins() {}

  /// A list of origins.
  public static SettingType<Set<String>> kind() {
    return new SettingType<>(
        "web origins, separated by commas", Origins::read, o -> String.join(",", o));
  }

  private static Set<String> read(String text) throws InvalidValue {
    var origins = new LinkedHashSet<String>();
    for (String part : text.split(",", -1)) {
      origins.add(origin(part.strip()));
    }
    return origins;
  }

  private static String origin(String text) throws InvalidValue {
    try {
      String written = text.toLowerCase(Locale.ROOT);
      URI url = new URI(written);
      HostNames.Place place = HostNames.of(url).orElseThrow(() -> new InvalidValue(FORM));
      String host = place.host().contains(":") ? "[" + place.host() + "]" : place.host();
      String port = place.port() < 0 || isUsual(url, place) ? "" : ":" + place.port();
      String origin = url.getScheme() + "://" + host + port;
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean bare = written.equals(url.getScheme() + "://" + url.getRawAuthority());
      if (web && bare) {
        return origin;
      }
    } catch (URISyntaxException unreadable) {
      throw new InvalidValue(FORM);
    }
    throw new InvalidValue(FORM);
  }

  private static boolean isUsual(URI url, HostNames.Place place) {
    return place.port() == ("https".equals(url.getScheme()) ? 443 : 80);
  }
}
