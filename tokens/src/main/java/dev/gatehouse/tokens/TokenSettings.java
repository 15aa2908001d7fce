package dev.gatehouse.tokens;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Issuer and audience of tokens, and the lifetimes of tokens, sessions and keys.
///
/// @param issuer an absolute http or https address without query, fragment or slash at the end
/// @param audience who the tokens are for: 1 to 255 visible ASCII characters
/// @param accessTtl the lifetime of an access token: whole seconds, 1 s to 24 h
/// @param refreshIdleTtl the idle lifetime of a session
/// @param refreshMaxTtl the absolute lifetime of a session, at least the idle one
/// @param keyRotation how long a key signs, 1 h or longer
public record TokenSettings(
    String issuer,
    String audience,
    Duration accessTtl,
    Duration refreshIdleTtl,
    Duration refreshMaxTtl,
    Duration keyRotation) {
  private static final Duration SHORTEST_ROTATION = Duration.ofHours(1);
  private static final Duration LONGEST_ACCESS = Duration.ofDays(1);

  /// @throws IllegalArgumentException with one sentence for each fault
  public TokenSettings {
    var faults = new ArrayList<String>();
    require(isIssuer(issuer), "The issuer must be an absolute http(s) address.", faults);
    require(
        audience.matches("[!-~]{1,255}"), "The audience must be visible ASCII characters.", faults);
    require(
        accessTtl.truncatedTo(ChronoUnit.SECONDS).equals(accessTtl)
            && within(accessTtl, Duration.ofSeconds(1), LONGEST_ACCESS),
        "The access token's life must be whole seconds, 1s to 24h.",
        faults);
    require(
        refreshIdleTtl.compareTo(accessTtl) >= 0,
        "The idle life of a session must not be shorter than that of an access token.",
        faults);
    require(
        refreshMaxTtl.compareTo(refreshIdleTtl) >= 0,
        "The longest life of a session must not be shorter than its idle life.",
        faults);
    require(
        keyRotation.compareTo(SHORTEST_ROTATION) >= 0,
        "Keys must not be rotated more often than once an hour.",
        faults);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", faults));
    }
  }

  /// The defaults for a service at this address.
  public static TokenSettings of(String issuer) {
    return new TokenSettings(
        issuer,
        "gatehouse",
        Duration.ofMinutes(5),
        Duration.ofDays(30),
        Duration.ofDays(90),
        Duration.ofDays(30));
  }

  private static boolean isIssuer(String issuer) {
    try {
      var uri = URI.create(issuer);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null;
      return web
          && bare
          && isPlace(uri.getRawAuthority())
          && !issuer.endsWith("/")
          && isAscii(issuer);
    } catch (IllegalArgumentException notAddress) {
      return false;
    }
  }

  /// A host may contain an underscore, for which [URI#getHost()] returns null.
  private static boolean isPlace(@Nullable String authority) {
    return authority != null
        && authority.matches("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_.-]+)(:[0-9]{1,5})?");
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(character -> character < 0x80);
  }

  private static boolean within(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }

  private static void require(boolean holds, String otherwise, List<String> faults) {
    if (!holds) {
      faults.add(otherwise);
    }
  }
}
