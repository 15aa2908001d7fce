package dev.gatehouse.errors;

import java.util.List;
import java.util.Optional;

/// The values of one or more fields break a rule; all that were found are reported together.
public final class InvalidFields extends GatehouseException {
  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> errors;

  private InvalidFields(ErrorCode code, String detail, List<FieldError> errors) {
    super(code, detail, Optional.empty(), false);
    this.errors = List.copyOf(errors);
  }

  /// Faults of form, in any mix of fields.
  public static InvalidFields of(List<FieldError> errors) {
    return new InvalidFields(
        ErrorCode.INVALID_FIELDS, "Some fields have values that cannot be accepted.", errors);
  }

  /// A single fault of form.
  public static InvalidFields of(String field, String code, String message) {
    return of(List.of(new FieldError(field, code, message)));
  }

  /// The body itself cannot be read as what was asked for: unknown fields, values of another type.
  public static InvalidFields malformed(List<FieldError> errors) {
    return new InvalidFields(
        ErrorCode.MALFORMED_REQUEST, "Some fields are not what they should be.", errors);
  }

  /// The password is well-formed but too easily guessed.
  public static InvalidFields weakPassword(List<FieldError> errors) {
    return new InvalidFields(ErrorCode.WEAK_PASSWORD, "The password is too weak.", errors);
  }

  /// The faults, at least one.
  public List<FieldError> errors() {
    return errors;
  }
}
