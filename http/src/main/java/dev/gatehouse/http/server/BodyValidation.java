package dev.gatehouse.http.server;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.body.MediaType;
import dev.gatehouse.http.body.MediaTypeParser;
import io.vertx.core.MultiMap;
import java.util.List;

/// Refuses bodies by the head of their request: they must be of the type that the route consumes,
/// in UTF-8, not compressed, and not too long.
final class BodyValidation {
  private BodyValidation() {}

  /// Checks a head that announces a body.
  ///
  /// @throws Refusal `UNSUPPORTED_MEDIA_TYPE`, `BODY_TOO_LARGE`, or `MALFORMED_REQUEST` where the
  ///     route consumes no body
  static void check(MultiMap headers, Route route, int limit) {
    checkType(headers, route.consumes());
    if (length(headers) > limit) {
      throw tooLarge();
    }
    String expectation = headers.get(HeaderNames.EXPECT);
    if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
      throw new Refusal(ErrorCode.MALFORMED_REQUEST, "The expectation is not known.");
    }
  }

  static Refusal tooLarge() {
    return new Refusal(ErrorCode.BODY_TOO_LARGE, "The body is larger than this call takes.");
  }

  private static void checkType(MultiMap headers, MediaType consumed) {
    switch (consumed) {
      case NONE -> throw new Refusal(ErrorCode.MALFORMED_REQUEST, "This call takes no body.");
      case JSON -> require(headers, "application/json");
      case FORM -> require(headers, "application/x-www-form-urlencoded");
    }
  }

  private static void require(MultiMap headers, String expected) {
    List<String> types = headers.getAll(HeaderNames.CONTENT_TYPE);
    boolean right = types.size() == 1 && is(types.getFirst(), expected);
    if (!right || isCompressed(headers.getAll(HeaderNames.CONTENT_ENCODING))) {
      throw new Refusal(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body must be " + expected + ", in UTF-8.");
    }
  }

  private static boolean is(String type, String expected) {
    return type.equals(expected) || MediaTypeParser.isUtf8(type, expected);
  }

  private static boolean isCompressed(List<String> encodings) {
    return encodings.stream().anyMatch(encoding -> !encoding.equalsIgnoreCase("identity"));
  }

  private static long length(MultiMap headers) {
    String length = headers.get(HeaderNames.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }
}
