package dev.gatehouse.errors;

/// What is wrong with one field.
///
/// @param field the field's name as the client wrote it
/// @param code a stable, machine-readable reason such as `too_short`
/// @param message one sentence for a person; never repeats the value
public record FieldError(String field, String code, String message) {}
