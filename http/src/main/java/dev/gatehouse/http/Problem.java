package dev.gatehouse.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.errors.FieldError;
import java.util.List;

/// The body of a problem response.
///
/// @param type names the code; a URN, as there is no page behind it whose address had to stay
///     forever
/// @param instance names this occurrence by its request id
record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    String instance,
    String requestId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {}
