package dev.gatehouse.app.config;

import dev.gatehouse.resilience.HostNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The kinds of values that more than one part uses.
public final class SettingTypes {
  private static final int HIGHEST_PORT = 65_535;

  private static final String HTTP_URL =
      "an http or https URL such as https://accounts.example.com, without a slash at the end";

  private SettingTypes() {}

  /// Any text on one line.
  public static SettingType<String> text() {
    return new SettingType<>("a text", text -> text, Function.identity());
  }

  /// 1 to 255 visible ASCII characters.
  public static SettingType<String> visible() {
    String form = "1 to 255 visible ASCII characters";
    return new SettingType<>(form, text -> readVisible(text, form), Function.identity());
  }

  /// A file or folder, relative to the folder the program is started in.
  public static SettingType<Path> path() {
    return new SettingType<>("a path", SettingTypes::readPath, Path::toString);
  }

  /// A whole number within bounds.
  public static SettingType<Integer> number(int least, int most) {
    String form = "a whole number from %d to %d".formatted(least, most);
    return SettingType.measure(form, text -> readNumber(text, least, most, form), String::valueOf);
  }

  /// A TCP port; 0 lets the system choose one.
  public static SettingType<Integer> port() {
    String form = "a port from 0 (any free one) to %d".formatted(HIGHEST_PORT);
    return SettingType.measure(
        form, text -> readNumber(text, 0, HIGHEST_PORT, form), String::valueOf);
  }

  /// The name or the address of an interface to listen on.
  public static SettingType<String> host() {
    return new SettingType<>(
        "a host name or an IP address", SettingTypes::readHost, Function.identity());
  }

  /// `on` or `off`.
  public static SettingType<Boolean> onOff() {
    return new SettingType<>("on or off", SettingTypes::readOnOff, on -> on ? "on" : "off");
  }

  /// An absolute `http` or `https` address without user, query, fragment and slash at the end.
  public static SettingType<URI> httpUrl() {
    return new SettingType<>("an http or https URL", SettingTypes::readHttpUrl, URI::toString);
  }

  /// One of an enum's names in lower case, `-` for `_`.
  public static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
    E[] values = type.getEnumConstants();
    String form =
        Arrays.stream(values)
            .map(SettingTypes::word)
            .collect(Collectors.joining(", ", "one of ", ""));
    return new SettingType<>(form, text -> readWord(text, values, form), SettingTypes::word);
  }

  private static String readVisible(String text, String form) throws InvalidValue {
    if (!text.matches("[!-~]{1,255}")) {
      throw new InvalidValue(form);
    }
    return text;
  }

  private static Path readPath(String text) throws InvalidValue {
    try {
      return Path.of(text);
    } catch (InvalidPathException unreadable) {
      throw new InvalidValue("a path");
    }
  }

  private static int readNumber(String text, int least, int most, String form) throws InvalidValue {
    if (!text.matches("[0-9]{1,10}")) {
      throw new InvalidValue(form);
    }
    long number = Long.parseLong(text);
    if (number < least || number > most) {
      throw new InvalidValue(form);
    }
    return (int) number;
  }

  private static String readHost(String text) throws InvalidValue {
    if (!HostNames.isHost(text)) {
      throw new InvalidValue("a host name or an IP address");
    }
    return text;
  }

  private static boolean readOnOff(String text) throws InvalidValue {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new InvalidValue("on or off");
    };
  }

  private static URI readHttpUrl(String text) throws InvalidValue {
    try {
      URI url = new URI(text);
      if (isBareWebAddress(url) && text.matches("[!-~]*[^/]")) {
        return url;
      }
    } catch (URISyntaxException unreadable) {
      throw new InvalidValue(HTTP_URL);
    }
    throw new InvalidValue(HTTP_URL);
  }

  private static boolean isBareWebAddress(URI url) {
    return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        && HostNames.of(url).isPresent()
        && !url.getRawPath().contains("@")
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }

  private static <E extends Enum<E>> E readWord(String text, E[] values, String form)
      throws InvalidValue {
    for (E value : values) {
      if (word(value).equalsIgnoreCase(text)) {
        return value;
      }
    }
    throw new InvalidValue(form);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
