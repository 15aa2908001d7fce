package dev.gatehouse.app.config;

import java.util.function.Function;

/// A type of value: how it is written and how it is read. Immutable and thread-safe.
///
/// @param form how to write one, for the documentation and for messages: "a duration such as 5s"
/// @param reader reads the trimmed text; throws [InvalidValue] when it cannot
/// @param writer the text that reads back as the value, with secrets left out
/// @param measure whether it is a number, with or without a unit: a wrong one is repeated in the
///     report when it looks like a number. A wrong value of any other kind may hold a secret and is
///     never repeated
public record SettingType<T>(
    String form, Reader<T> reader, Function<T, String> writer, boolean measure) {
  /// A kind whose wrong values are never repeated.
  public SettingType(String form, Reader<T> reader, Function<T, String> writer) {
    this(form, reader, writer, false);
  }

  /// A number, with or without a unit.
  public static <T> SettingType<T> measure(
      String form, Reader<T> reader, Function<T, String> writer) {
    return new SettingType<>(form, reader, writer, true);
  }

  /// Reads one value.
  @FunctionalInterface
  public interface Reader<T> {
    T read(String text) throws InvalidValue;
  }

  T read(String text) throws InvalidValue {
    return reader.read(text);
  }

  String write(T value) {
    return writer.apply(value);
  }
}
