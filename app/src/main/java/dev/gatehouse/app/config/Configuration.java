package dev.gatehouse.app.config;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/// The effective values, all read and checked. Immutable and thread-safe.
public final class Configuration {
  private final Catalog catalog;
  private final Map<String, Given<?>> given;
  private final Set<String> unreadable;
  private final List<String> warnings;

  Configuration(
      Catalog catalog, Map<String, Given<?>> given, Set<String> unreadable, List<String> warnings) {
    this.catalog = catalog;
    this.given = Map.copyOf(given);
    this.unreadable = Set.copyOf(unreadable);
    this.warnings = List.copyOf(warnings);
  }

  /// A value that was set, or a fixed default.
  record Given<T>(T value, Source source) {}

  /// One line of the effective configuration, fit to be shown.
  ///
  /// @param value empty when nothing is set and there is no default; `***` for a secret
  public record Line(String name, Optional<String> value, Source source, String summary) {}

  /// The value of a setting.
  ///
  /// @throws NoSuchElementException when it is neither set nor has a default
  public <T> T get(Setting<T> setting) {
    return find(setting).orElseThrow(() -> new NoSuchElementException(setting.name()));
  }

  /// The value of a setting, empty when it is neither set nor has a default.
  public <T> Optional<T> find(Setting<T> setting) {
    if (unreadable.contains(setting.name())) {
      throw new Unreadable();
    }
    @SuppressWarnings("unchecked") // the reader put it there under this setting's name
    var found = (Given<T>) given.get(setting.name());
    if (found != null) {
      return Optional.of(found.value());
    }
    return switch (setting.fallback()) {
      case Setting.Fallback.Derived<T>(_, var from) -> Optional.of(from.apply(this));
      case Setting.Fallback.Fixed<T> _, Setting.Fallback.Absent<T> _ -> Optional.empty();
    };
  }

  /// Whether the setting was set, as opposed to left at its default.
  public boolean isSet(Setting<?> setting) {
    return source(setting) != Source.DEFAULT;
  }

  /// The effective values of one part, secrets hidden.
  public List<Line> lines(Section section) {
    return section.settings().stream().map(this::line).toList();
  }

  /// Values that are ignored, each a whole sentence.
  public List<String> warnings() {
    return warnings;
  }

  /// All there is to set.
  public Catalog catalog() {
    return catalog;
  }

  private <T> Line line(Setting<T> setting) {
    Optional<String> shown =
        find(setting).map(value -> setting.secret() ? "***" : setting.kind().write(value));
    return new Line(setting.name(), shown, source(setting), setting.summary());
  }

  private Source source(Setting<?> setting) {
    Given<?> found = given.get(setting.name());
    return found == null ? Source.DEFAULT : found.source();
  }

  /// A rule reads a setting whose own fault is already reported.
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable() {
      super(null, null, false, false);
    }
  }
}
