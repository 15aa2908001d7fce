package dev.gatehouse.http.body;

import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of a form (`application/x-www-form-urlencoded`, as the WHATWG URL standard decodes
/// it). Names given twice, bad escapes and bad UTF-8 have been refused before. Unlike in JSON,
/// fields the call does not know are passed over, as RFC 6749 and RFC 7662 ask for.
public final class FormBody {
  private final Map<String, String> fields;

  public FormBody(Map<String, String> fields) {
    this.fields = fields;
  }

  /// A field that must be there and not empty.
  public String required(String field) {
    return optional(field)
        .orElseThrow(
            () ->
                InvalidFields.of(
                    List.of(new FieldError(field, "required", "The field is required."))));
  }

  /// A field that may be absent; an empty one counts as absent (RFC 6749, 3.1).
  public Optional<String> optional(String field) {
    return Optional.ofNullable(fields.get(field)).filter(value -> !value.isEmpty());
  }
}
