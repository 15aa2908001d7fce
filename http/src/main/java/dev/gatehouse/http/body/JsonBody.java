package dev.gatehouse.http.body;

import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.errors.InvalidFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Picks the fields out of a JSON object. All faults are collected and reported together: a field
/// that is unknown or of another type makes the request malformed (400), a required one that is
/// missing makes its fields invalid (422). For one request, not thread-safe.
public final class JsonBody {
  private final Map<String, JsonValue> fields;
  private final Set<String> asked = new HashSet<>();
  private final List<FieldError> malformed = new ArrayList<>();
  private final List<FieldError> missing = new ArrayList<>();

  private JsonBody(Map<String, JsonValue> fields) {
    this.fields = fields;
  }

  /// Reads a body.
  ///
  /// @param picker asks for every field the call knows and puts them together; it should do nothing
  ///     else, since what it is given for faulty fields is empty
  /// @throws InvalidFields when any field is at fault
  public static <T> T read(Map<String, JsonValue> fields, Function<JsonBody, T> picker) {
    var body = new JsonBody(fields);
    T picked;
    try {
      picked = picker.apply(body);
    } catch (GatehouseException refusal) {
      body.refuseFaults();
      throw refusal;
    }
    body.refuseFaults();
    return picked;
  }

  /// A string that must be there.
  public String requiredString(String field) {
    return switch (value(field)) {
      case JsonValue.Text(String text) -> text;
      case JsonValue.Absent _, JsonValue.Null _ -> {
        missing.add(new FieldError(field, "required", "The field is required."));
        yield "";
      }
      case JsonValue.Texts _, JsonValue.Flag _, JsonValue.Other _ ->
          mistyped(field, "a string", "");
    };
  }

  /// What a PATCH says of a string.
  public FieldUpdate<String> update(String field) {
    return switch (value(field)) {
      case JsonValue.Absent _ -> new FieldUpdate.Unchanged<>();
      case JsonValue.Null _ -> new FieldUpdate.Cleared<>();
      case JsonValue.Text(String text) -> new FieldUpdate.Changed<>(text);
      case JsonValue.Texts _, JsonValue.Flag _, JsonValue.Other _ ->
          mistyped(field, "a string", new FieldUpdate.Unchanged<>());
    };
  }

  /// What a PATCH says of a list of strings.
  public FieldUpdate<List<String>> updateStrings(String field) {
    return switch (value(field)) {
      case JsonValue.Absent _ -> new FieldUpdate.Unchanged<>();
      case JsonValue.Null _ -> new FieldUpdate.Cleared<>();
      case JsonValue.Texts(List<String> texts) -> new FieldUpdate.Changed<>(texts);
      case JsonValue.Text _, JsonValue.Flag _, JsonValue.Other _ ->
          mistyped(field, "a list of strings", new FieldUpdate.Unchanged<>());
    };
  }

  /// What a PATCH says of a boolean.
  public FieldUpdate<Boolean> updateBoolean(String field) {
    return switch (value(field)) {
      case JsonValue.Absent _ -> new FieldUpdate.Unchanged<>();
      case JsonValue.Null _ -> new FieldUpdate.Cleared<>();
      case JsonValue.Flag(boolean flag) -> new FieldUpdate.Changed<>(flag);
      case JsonValue.Text _, JsonValue.Texts _, JsonValue.Other _ ->
          mistyped(field, "true or false", new FieldUpdate.Unchanged<>());
    };
  }

  private JsonValue value(String field) {
    asked.add(field);
    return fields.getOrDefault(field, JsonValue.ABSENT);
  }

  private <T> T mistyped(String field, String expected, T placeholder) {
    malformed.add(new FieldError(field, "wrong_type", "The field must be " + expected + "."));
    return placeholder;
  }

  private void refuseFaults() {
    for (String field : fields.keySet()) {
      if (!asked.contains(field)) {
        malformed.add(new FieldError(field, "unknown", "The field is not known here."));
      }
    }
    if (!malformed.isEmpty()) {
      throw InvalidFields.malformed(malformed);
    }
    if (!missing.isEmpty()) {
      throw InvalidFields.of(missing);
    }
  }
}
