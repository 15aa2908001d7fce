package dev.gatehouse.app.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a PostgreSQL lies, as people write it: `postgresql://user:password@host:5432/name?option=..`,
/// `postgres://...`, or JDBC's `jdbc:postgresql://...`, also with several hosts. Immutable.
///
/// @param jdbc the address in JDBC's form, without user and password
/// @param user the user named in front of the host or among the options
/// @param password likewise
public record DatabaseUrl(String jdbc, Optional<String> user, Optional<String> password) {
  private static final Pattern LOGIN_OPTION =
      Pattern.compile("(?<=[?&])(?:user|password)=[^&]*(?:&|$)");
  private static final Pattern KEY_PASSWORD = Pattern.compile("(?i)([?&]sslpassword=)[^&]*");
  private static final String EXPECTATION =
      "a PostgreSQL URL such as postgresql://user:password@host:5432/gatehouse";

  /// How one is written.
  public static Kind<DatabaseUrl> kind() {
    return new Kind<>("a PostgreSQL URL", DatabaseUrl::read, DatabaseUrl::shown);
  }

  static DatabaseUrl read(String text) throws InvalidValue {
    String address = afterScheme(text);
    int slash = address.indexOf('/');
    String authority = slash < 0 ? address : address.substring(0, slash);
    String rest = slash < 0 ? "" : address.substring(slash);
    int at = authority.lastIndexOf('@');
    String hosts = authority.substring(at + 1);
    checkForm(hosts, rest);
    String login = at < 0 ? "" : authority.substring(0, at);
    int colon = login.indexOf(':');
    String user = colon < 0 ? login : login.substring(0, colon);
    String password = colon < 0 ? "" : login.substring(colon + 1);
    return new DatabaseUrl(
        "jdbc:postgresql://" + hosts + LOGIN_OPTION.matcher(rest).replaceAll(""),
        decoded(user.isEmpty() ? option("user", rest) : user),
        decoded(password.isEmpty() ? option("password", rest) : password));
  }

  private static String option(String name, String rest) {
    var found = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(rest);
    return found.find() ? found.group(1) : "";
  }

  private static String afterScheme(String text) throws InvalidValue {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String scheme : new String[] {"jdbc:postgresql://", "postgresql://", "postgres://"}) {
      if (lower.startsWith(scheme)) {
        return text.substring(scheme.length());
      }
    }
    throw new InvalidValue(EXPECTATION);
  }

  private static void checkForm(String hosts, String rest) throws InvalidValue {
    if (hosts.isEmpty() || rest.length() < 2 || rest.startsWith("/?")) {
      throw new InvalidValue(EXPECTATION);
    }
    try {
      for (String host : hosts.split(",", -1)) {
        if (new URI("postgresql://" + host + rest).getHost() == null) {
          throw new InvalidValue(EXPECTATION);
        }
      }
    } catch (URISyntaxException unreadable) {
      throw new InvalidValue(EXPECTATION);
    }
  }

  private static Optional<String> decoded(String part) throws InvalidValue {
    if (part.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException unreadable) {
      throw new InvalidValue(EXPECTATION);
    }
  }

  /// The address fit to be shown: no password, wherever it was written.
  public String shown() {
    return KEY_PASSWORD.matcher(jdbc).replaceAll("$1***");
  }

  @Override
  public String toString() {
    return shown();
  }
}
