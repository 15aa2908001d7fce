package dev.gatehouse.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The response of an instance. Immutable.
///
/// @param headers by lower-case name
/// @param body read as UTF-8
public record ServiceResponse(int status, Map<String, List<String>> headers, String body) {
  /// The first value of a header.
  public Optional<String> header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, List.of()).stream().findFirst();
  }
}
