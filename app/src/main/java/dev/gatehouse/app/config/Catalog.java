package dev.gatehouse.app.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every setting there is, by part.
public record Catalog(List<Section> sections) {
  /// Copies the list and refuses a name declared twice.
  public Catalog {
    sections = List.copyOf(sections);
    var all = sections.stream().flatMap(section -> section.settings().stream()).toList();
    if (all.stream().map(Setting::name).distinct().count() != all.size()) {
      throw new IllegalArgumentException("a setting is declared twice");
    }
  }

  /// The settings in the order of their declaration.
  public List<Setting<?>> settings() {
    return sections.stream().<Setting<?>>flatMap(section -> section.settings().stream()).toList();
  }

  /// The full names, those of the files of secrets included.
  public Set<String> names() {
    return settings().stream()
        .flatMap(setting -> Stream.concat(Stream.of(setting.name()), setting.fileName().stream()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
