package dev.gatehouse.app.config;

import dev.gatehouse.telemetry.logging.LogSanitizer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads the configuration from the environment and, where that is silent, from a file. An empty
/// value counts as not set; a secret may be given by the name of a file that holds it. Every fault
/// is collected; used once, by one thread.
public final class ConfigurationReader {
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*_[A-Z0-9_]*");

  private final Catalog catalog;
  private final Map<String, String> environment;
  private final Map<String, String> file;
  private final Set<String> names;
  private final List<String> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, Configuration.Given<?>> given = new HashMap<>();
  private final Set<String> unreadable = new HashSet<>();

  /// @param environment all the variables; those that neither begin like ours nor are in the
  ///     catalog are passed over
  /// @param file the keys of the file, empty when there is none; every one must be known
  public ConfigurationReader(
      Catalog catalog, Map<String, String> environment, Map<String, String> file) {
    this.catalog = catalog;
    this.names = catalog.names();
    this.environment = ownVariables(environment, names);
    this.file = file;
  }

  /// The checked configuration.
  ///
  /// @throws ConfigurationException with all the faults there are
  public Configuration read() {
    catalog.settings().forEach(this::read);
    environment.keySet().forEach(name -> checkKnown(name, "variable"));
    file.keySet().forEach(name -> checkKnown(name, "key in the file"));
    var configuration = new Configuration(catalog, given, unreadable, warnings);
    catalog.sections().stream()
        .flatMap(section -> section.rules().stream())
        .forEach(rule -> check(rule, configuration));
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return configuration;
  }

  private static Map<String, String> ownVariables(
      Map<String, String> environment, Set<String> names) {
    var own = new TreeMap<String, String>();
    environment.forEach(
        (name, value) -> {
          boolean ours = name.startsWith(Setting.PREFIX) || names.contains(name);
          if (ours && !ServiceLinks.isLink(name, value, environment)) {
            own.put(name, value);
          }
        });
    return own;
  }

  private <T> void read(Setting<T> setting) {
    if (read(setting, environment, Source.ENVIRONMENT) || read(setting, file, Source.FILE)) {
      return;
    }
    readDefault(setting);
  }

  private <T> void readDefault(Setting<T> setting) {
    if (setting.fallback() instanceof Setting.Fallback.Fixed<T>(String text)) {
      read(setting, text, Source.DEFAULT);
    }
  }

  /// @return whether these values say anything about the setting
  private <T> boolean read(Setting<T> setting, Map<String, String> values, Source source) {
    String text = values.getOrDefault(setting.name(), "").strip();
    String secretFile =
        setting.fileName().map(name -> values.getOrDefault(name, "").strip()).orElse("");
    if (!text.isEmpty() && !secretFile.isEmpty()) {
      unreadable.add(setting.name());
      faults.add("%1$s and %1$s_FILE are both set; one is enough".formatted(setting.name()));
      return true;
    }
    if (!secretFile.isEmpty()) {
      readFile(setting, secretFile, source);
      return true;
    }
    if (!text.isEmpty()) {
      read(setting, text, source);
      return true;
    }
    return false;
  }

  private <T> void readFile(Setting<T> setting, String path, Source source) {
    try {
      read(setting, SecretFile.read(Path.of(path)), source);
    } catch (InvalidValue | InvalidPathException invalid) {
      unreadable.add(setting.name());
      faults.add(
          "%s_FILE must name %s%s"
              .formatted(setting.name(), SecretFile.EXPECTATION, SecretFile.shown(path)));
    }
  }

  private static boolean looksLikeNumber(String text) {
    return text.matches("-?[0-9.]{1,11} ?[A-Za-z/]{0,3}");
  }

  private <T> void read(Setting<T> setting, String text, Source source) {
    try {
      given.put(setting.name(), new Configuration.Given<>(setting.kind().read(text), source));
    } catch (InvalidValue invalid) {
      if (setting.shared()) {
        warnings.add(
            "%s is ignored: here it must be %s".formatted(setting.name(), invalid.expectation()));
        readDefault(setting);
        return;
      }
      unreadable.add(setting.name());
      boolean harmless = setting.kind().measure() && !setting.secret() && looksLikeNumber(text);
      String shown = harmless ? ", not \"%s\"".formatted(text) : "";
      faults.add("%s must be %s%s".formatted(setting.name(), invalid.expectation(), shown));
    }
  }

  private void checkKnown(String name, String what) {
    if (names.contains(name)) {
      return;
    }
    Optional<String> meant = Names.nearest(name, names);
    if (meant.isEmpty() && !NAME.matcher(name).matches()) {
      // A line of the file that got out of place may be a part of a secret.
      faults.add("A %s is not the name of a setting".formatted(what));
      return;
    }
    String suggestion = meant.map("; did you mean %s?"::formatted).orElse("");
    faults.add("%s is not a known %s%s".formatted(LogSanitizer.of(name), what, suggestion));
  }

  private void check(Section.Rule rule, Configuration configuration) {
    try {
      rule.fault(configuration).ifPresent(faults::add);
    } catch (Configuration.Unreadable reported) {
      // The setting this rule depends on has its own fault, which is in the list already.
      return;
    }
  }
}
