package dev.gatehouse.app.config;

import java.util.function.Function;

/// A type of value: how it is written and how it is read. Immutable and thread-safe.
///
/// @param form how to write one, for the documentation and for messages: "a duration such as 5s"
/// @param reader reads the trimmed text; throws [InvalidValue] when it cannot
/// @param writer the text that reads back as the value, with secrets left out
public record Kind<T>(String form, Reader<T> reader, Function<T, String> writer) {
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
