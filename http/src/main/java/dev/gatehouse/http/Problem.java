package dev.gatehouse.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.errors.FieldError;
import java.util.List;
import java.util.Optional;

/// The body of a problem response.
///
/// @param type names the code; a URN, as there is no page behind it whose address had to stay
///     forever
/// @param instance names this occurrence by its request id
/// @param triesLeft of a code from a mail, when it is wrong
record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    String instance,
    String requestId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> triesLeft) {}
