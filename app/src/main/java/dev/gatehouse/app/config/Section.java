package dev.gatehouse.app.config;

import java.util.List;
import java.util.Optional;

/// The settings of one part, in the order in which a person intends to read them.
///
/// @param title the part, for people
/// @param rules what must hold between settings, each checked when the settings it reads are
///     readable
public record Section(String title, List<Setting<?>> settings, List<Rule> rules) {
  /// Something that must hold between settings, of this section or of others.
  @FunctionalInterface
  public interface Rule {
    /// What is wrong, a whole sentence that names the settings and repeats no secret.
    Optional<String> fault(Configuration configuration);
  }

  /// Copies the lists.
  public Section {
    settings = List.copyOf(settings);
    rules = List.copyOf(rules);
  }
}
