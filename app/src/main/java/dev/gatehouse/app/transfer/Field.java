package dev.gatehouse.app.transfer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The fields of a user, in the order in which they are written.
enum Field {
  ID,
  EMAIL,
  DISPLAY_NAME,
  EMAIL_VERIFIED,
  STATUS,
  ROLES,
  CREATED_AT,
  PASSWORD_HASH;

  private static final Map<String, Field> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Field::label, field -> field));

  /// Its name in a file.
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The field of this name.
  static Optional<Field> find(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }

  /// Those that are written.
  static List<Field> written(boolean withHashes) {
    return Arrays.stream(values()).filter(field -> withHashes || field != PASSWORD_HASH).toList();
  }

  /// How the name of a field that is not known is shown: it may be anything.
  static String shown(String label) {
    return label.matches("[A-Za-z0-9_.-]{1,64}") ? label : "?";
  }
}
