package dev.gatehouse.app.config;

import java.util.Optional;
import java.util.function.Function;

/// The declaration of one setting: all that is known about it, in one place. Immutable.
///
/// @param name the full name, in the environment and in the file alike
/// @param kind how its value is written
/// @param fallback what holds when it is not set
/// @param secret whether the value is never shown, not even when it is wrong
/// @param summary one phrase for the documentation
public record Setting<T>(
    String name, SettingType<T> kind, Fallback<T> fallback, boolean secret, String summary) {
  /// What every name begins with.
  public static final String PREFIX = "GATEHOUSE_";

  /// What holds when a setting is not set.
  public sealed interface Fallback<T> {
    /// A fixed text, read like a set one.
    record Fixed<T>(String text) implements Fallback<T> {}

    /// Computed from the machine or from other settings.
    ///
    /// @param words how the documentation puts it
    record Derived<T>(String words, Function<Configuration, T> from) implements Fallback<T> {}

    /// Nothing.
    ///
    /// @param meaning what then happens, for the documentation
    record Absent<T>(String meaning) implements Fallback<T> {}
  }

  /// A setting with a fixed default.
  public static <T> Setting<T> of(
      String name, SettingType<T> kind, String standard, String summary) {
    return new Setting<>(PREFIX + name, kind, new Fallback.Fixed<>(standard), false, summary);
  }

  /// A setting whose default is worked out.
  public static <T> Setting<T> derived(
      String name,
      SettingType<T> kind,
      String words,
      Function<Configuration, T> from,
      String summary) {
    return new Setting<>(PREFIX + name, kind, new Fallback.Derived<>(words, from), false, summary);
  }

  /// A setting that may be absent.
  public static <T> Setting<T> optional(
      String name, SettingType<T> kind, String meaning, String summary) {
    return new Setting<>(PREFIX + name, kind, new Fallback.Absent<>(meaning), false, summary);
  }

  /// The same setting, its value never shown.
  public Setting<T> asSecret() {
    return new Setting<>(name, kind, fallback, true, summary);
  }

  /// Whether the name is one that other programs have too, whose values may be meant for those: a
  /// value that is not understood is reported and ignored, as OpenTelemetry's specification asks.
  public boolean shared() {
    return !name.startsWith(PREFIX);
  }

  /// The name under which a file is named that holds the value. Secrets alone have one.
  public Optional<String> fileName() {
    return secret ? Optional.of(name + "_FILE") : Optional.empty();
  }

  /// The default as the documentation shows it.
  public String defaultInWords() {
    return switch (fallback) {
      case Fallback.Fixed<T>(String text) -> text;
      case Fallback.Derived<T>(String words, _) -> words;
      case Fallback.Absent<T>(String meaning) -> meaning;
    };
  }
}
