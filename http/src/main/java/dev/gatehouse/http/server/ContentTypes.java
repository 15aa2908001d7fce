package dev.gatehouse.http.server;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.body.MediaType;
import dev.gatehouse.http.body.MediaTypeParser;
import io.vertx.core.MultiMap;
import java.util.List;

/// Checks that a body is of the type its route takes, in UTF-8 and not packed.
final class ContentTypes {
  private ContentTypes() {}

  /// @throws Refusal `UNSUPPORTED_MEDIA_TYPE`, or `MALFORMED_REQUEST` for a body where none belongs
  static void check(MultiMap headers, MediaType taken) {
    switch (taken) {
      case NONE -> throw new Refusal(ErrorCode.MALFORMED_REQUEST, "This call takes no body.");
      case JSON -> require(headers, "application/json");
      case FORM -> require(headers, "application/x-www-form-urlencoded");
    }
  }

  private static void require(MultiMap headers, String expected) {
    List<String> types = headers.getAll(HeaderNames.CONTENT_TYPE);
    boolean right = types.size() == 1 && is(types.getFirst(), expected);
    if (!right || isPacked(headers.getAll(HeaderNames.CONTENT_ENCODING))) {
      throw new Refusal(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body must be " + expected + ", in UTF-8.");
    }
  }

  private static boolean is(String type, String expected) {
    return type.equals(expected) || MediaTypeParser.isUtf8(type, expected);
  }

  private static boolean isPacked(List<String> encodings) {
    return encodings.stream().anyMatch(encoding -> !encoding.equalsIgnoreCase("identity"));
  }
}
