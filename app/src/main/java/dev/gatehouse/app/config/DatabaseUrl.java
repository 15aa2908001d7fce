package dev.gatehouse.app.config;

import dev.gatehouse.resilience.HostNames;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Where a PostgreSQL is, as people write it:
/// `postgresql://user:password@host:5432/name?option=..`, `postgres://...`, or JDBC's
/// `jdbc:postgresql://...`, also with several hosts. Options have the names of libpq or of the JDBC
/// driver. Immutable.
///
/// @param jdbc the address in JDBC's form, without user and password
/// @param user the user named in front of the host or among the options
/// @param password likewise
public record DatabaseUrl(String jdbc, Optional<String> user, Optional<String> password) {
  private static final String JDBC = "jdbc:";
  private static final Pattern NAME = Pattern.compile("(?:[^%/?#@\\s\\p{Cntrl}]|%[0-9A-Fa-f]{2})+");
  private static final Pattern SHOWN_OPTION = Pattern.compile("([?&])([^=&]*)=[^&]*");
  private static final Set<String> LOGIN = Set.of("user", "password");
  private static final String EXPECTATION =
      "a PostgreSQL URL such as postgresql://user:password@host:5432/gatehouse, with"
          + " % / ? and @ in the password written as %25 %2F %3F and %40";

  /// How one is written.
  public static SettingType<DatabaseUrl> kind() {
    return new SettingType<>("a PostgreSQL URL", DatabaseUrl::read, DatabaseUrl::shown);
  }

  static DatabaseUrl read(String text) throws InvalidValue {
    String address = afterScheme(text);
    int slash = address.indexOf('/');
    int question = address.indexOf('?');
    if (slash < 0 || (question >= 0 && question < slash)) {
      throw new InvalidValue(EXPECTATION);
    }
    String authority = address.substring(0, slash);
    String name =
        question < 0 ? address.substring(slash + 1) : address.substring(slash + 1, question);
    int at = authority.lastIndexOf('@');
    String hosts = authority.substring(at + 1);
    checkForm(hosts, name);
    String login = at < 0 ? "" : authority.substring(0, at);
    int colon = login.indexOf(':');
    String user = colon < 0 ? login : login.substring(0, colon);
    String password = colon < 0 ? "" : login.substring(colon + 1);
    boolean plusIsBlank = text.regionMatches(true, 0, JDBC, 0, JDBC.length());
    Map<String, String> options =
        DatabaseOptions.parse(question < 0 ? "" : address.substring(question + 1), plusIsBlank);
    return new DatabaseUrl(
        "jdbc:postgresql://" + hosts + "/" + name + DatabaseOptions.write(options, LOGIN),
        user.isEmpty() ? given(options, "user") : decoded(user),
        password.isEmpty() ? given(options, "password") : decoded(password));
  }

  private static Optional<String> given(Map<String, String> options, String name) {
    return Optional.ofNullable(options.get(name)).filter(value -> !value.isEmpty());
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

  private static void checkForm(String hosts, String name) throws InvalidValue {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidValue(EXPECTATION);
    }
    for (String host : hosts.split(",", -1)) {
      if (HostNames.parse(host).isEmpty()) {
        throw new InvalidValue(EXPECTATION);
      }
    }
  }

  static Optional<String> decoded(String part) throws InvalidValue {
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
    return SHOWN_OPTION
        .matcher(jdbc)
        .replaceAll(option -> DatabaseOptions.isPlain(option.group(2)) ? "$0" : "$1$2=***");
  }

  @Override
  public String toString() {
    return shown();
  }
}
