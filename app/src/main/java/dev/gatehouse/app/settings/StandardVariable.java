package dev.gatehouse.app.settings;

import dev.gatehouse.app.config.InvalidValue;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.config.SettingType;
import dev.gatehouse.resilience.HostNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Variables that OpenTelemetry has named, and how it has their values written.
final class StandardVariable {
  private static final String PAIRS = "pairs such as key=value, separated by commas";
  private static final String URL = "an http or https URL such as http://localhost:4318";
  private static final String SHARE = "a number from 0 to 1";

  private StandardVariable() {}

  static <T> Setting<T> of(String name, SettingType<T> kind, String standard, String summary) {
    return new Setting<>(name, kind, new Setting.Fallback.Fixed<>(standard), false, summary);
  }

  static <T> Setting<T> optional(String name, SettingType<T> kind, String meaning, String summary) {
    return new Setting<>(name, kind, new Setting.Fallback.Absent<>(meaning), false, summary);
  }

  static SettingType<URI> url() {
    return new SettingType<>(URL, StandardVariable::readUrl, StandardVariable::withoutQuery);
  }

  static SettingType<Boolean> truth() {
    return new SettingType<>("true or false", StandardVariable::readTruth, String::valueOf);
  }

  static SettingType<Duration> millis(int least) {
    String form = "a whole number of milliseconds from %d to 3600000".formatted(least);
    return SettingType.measure(
        form,
        text -> Duration.ofMillis(number(text, least, 3_600_000, form)),
        value -> Long.toString(value.toMillis()));
  }

  static SettingType<Integer> count() {
    String form = "a whole number from 1 to 1000000";
    return SettingType.measure(form, text -> number(text, 1, 1_000_000, form), String::valueOf);
  }

  static SettingType<Double> share() {
    return SettingType.measure(SHARE, StandardVariable::readShare, String::valueOf);
  }

  /// One of some words, in lower case.
  static SettingType<String> word(String... words) {
    String form = Arrays.stream(words).collect(Collectors.joining(", ", "one of ", ""));
    return new SettingType<>(
        form, text -> known(text.toLowerCase(Locale.ROOT), List.of(words), form), text -> text);
  }

  /// Some of some words, in lower case.
  static SettingType<List<String>> words(String... words) {
    String form = Arrays.stream(words).collect(Collectors.joining(", ", "some of ", ""));
    return new SettingType<>(
        form, text -> knownList(text, List.of(words), form), list -> String.join(",", list));
  }

  /// Keys and values, percent-encoded where they hold what separates them.
  static SettingType<Map<String, String>> pairs() {
    return new SettingType<>(
        PAIRS,
        StandardVariable::readPairs,
        pairs ->
            pairs.entrySet().stream()
                .map(pair -> pair.getKey() + '=' + pair.getValue())
                .sorted()
                .collect(Collectors.joining(",")));
  }

  private static URI readUrl(String text) throws InvalidValue {
    try {
      URI url = new URI(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (url.getRawUserInfo() != null) {
        throw new InvalidValue(URL + "; a user and a password belong into the headers");
      }
      boolean bare = HostNames.of(url).isPresent() && !url.getRawPath().contains("@");
      if (web && bare && (HostNames.isCallable(url) || url.getScheme().equals("http"))) {
        return url;
      }
    } catch (URISyntaxException unreadable) {
      throw new InvalidValue(URL);
    }
    throw new InvalidValue(URL);
  }

  /// Keys of collectors stand in queries.
  private static String withoutQuery(URI url) {
    String text = url.toString();
    int question = text.indexOf('?');
    return question < 0 ? text : text.substring(0, question) + "?***";
  }

  private static boolean readTruth(String text) throws InvalidValue {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidValue("true or false");
    };
  }

  private static int number(String text, int least, int most, String form) throws InvalidValue {
    if (!text.matches("[0-9]{1,9}")) {
      throw new InvalidValue(form);
    }
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw new InvalidValue(form);
    }
    return number;
  }

  private static double readShare(String text) throws InvalidValue {
    if (!text.matches("[0-9]{0,9}(\\.[0-9]{1,18})?") || text.isEmpty()) {
      throw new InvalidValue(SHARE);
    }
    double share = Double.parseDouble(text);
    if (share > 1) {
      throw new InvalidValue(SHARE);
    }
    return share;
  }

  private static List<String> knownList(String text, List<String> words, String form)
      throws InvalidValue {
    List<String> list =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split(",")).map(String::strip).toList();
    for (String each : list) {
      known(each, words, form);
    }
    return list;
  }

  private static String known(String word, List<String> words, String form) throws InvalidValue {
    if (!words.contains(word)) {
      throw new InvalidValue(form);
    }
    return word;
  }

  private static Map<String, String> readPairs(String text) throws InvalidValue {
    var pairs = new LinkedHashMap<String, String>();
    for (String pair : text.split(",", -1)) {
      if (pair.isBlank()) {
        continue;
      }
      int equals = pair.indexOf('=');
      if (equals < 1 || pair.substring(0, equals).isBlank()) {
        throw new InvalidValue(PAIRS);
      }
      pairs.put(pair.substring(0, equals).strip(), decoded(pair.substring(equals + 1).strip()));
    }
    return pairs;
  }

  private static String decoded(String value) throws InvalidValue {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      throw new InvalidValue(PAIRS);
    }
  }
}
