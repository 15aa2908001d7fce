package dev.gatehouse.http;

import dev.gatehouse.accounts.error.ErrorCode;
import dev.gatehouse.accounts.error.Refusal;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;

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
    if (type.equals(expected)) {
      return true;
    }
    int semicolon = type.indexOf(';');
    String essence = semicolon < 0 ? type : type.substring(0, semicolon);
    String parameter = semicolon < 0 ? "" : type.substring(semicolon + 1);
    return essence.strip().equalsIgnoreCase(expected)
        && isUtf8(parameter.strip().toLowerCase(Locale.ROOT));
  }

  private static boolean isUtf8(String parameter) {
    return switch (parameter) {
      case "", "charset=utf-8", "charset=\"utf-8\"" -> true;
      default -> false;
    };
  }

  private static boolean isPacked(List<String> encodings) {
    return encodings.stream().anyMatch(encoding -> !encoding.equalsIgnoreCase("identity"));
  }
}
