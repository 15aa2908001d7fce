package dev.gatehouse.api.conditional;

import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.Request;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// The precondition `If-Match` of a change (RFC 9110, 13.1.1): the versions the client is willing
/// to change. Compared strongly, so that a weak tag never matches.
public sealed interface IfMatch {
  /// Any version will do: no precondition, or `*`, which asks only that the thing exists.
  record Any() implements IfMatch {}

  /// One of these, as strong tags; possibly none that could match.
  record OneOf(List<String> tags) implements IfMatch {}

  /// The precondition of a request.
  ///
  /// @throws Refusal `MALFORMED_REQUEST`
  static IfMatch of(Request request) {
    return request.header("if-match").map(IfMatch::parse).orElseGet(Any::new);
  }

  static IfMatch parse(String value) {
    if (value.strip().equals("*")) {
      return new Any();
    }
    return new OneOf(
        EntityTag.list("If-Match", value).stream()
            .filter(tag -> !tag.weak())
            .map(EntityTag::quoted)
            .toList());
  }

  /// The version the change is to be made to; empty when any will do.
  ///
  /// @param current tells the present version
  /// @throws Refusal `STALE_VERSION` when the present version is not among those named
  default OptionalLong expected(LongSupplier current) {
    return switch (this) {
      case Any _ -> OptionalLong.empty();
      case OneOf(List<String> tags) -> {
        long version = current.getAsLong();
        if (!tags.contains(EntityTag.ofVersion(version))) {
          throw Refusal.staleVersion();
        }
        yield OptionalLong.of(version);
      }
    };
  }
}
