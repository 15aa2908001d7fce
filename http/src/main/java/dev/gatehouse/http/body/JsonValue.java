package dev.gatehouse.http.body;

import java.util.List;

/// The values a request's field can have, as far as the API tells them apart.
public sealed interface JsonValue {
  JsonValue ABSENT = new Absent();
  JsonValue NULL = new Null();
  JsonValue OTHER = new Other();

  record Absent() implements JsonValue {}

  record Null() implements JsonValue {}

  record Text(String text) implements JsonValue {}

  record Texts(List<String> texts) implements JsonValue {}

  record Flag(boolean value) implements JsonValue {}

  /// A number, an object, or a list of anything but strings.
  record Other() implements JsonValue {}
}
