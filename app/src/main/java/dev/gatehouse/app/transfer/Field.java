package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.user.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A field of a user in a file.
sealed interface Field {
  /// The fields in the order in which they are written.
  List<Field> ALL = all();

  /// Those that are not part of the profile, in their order; the profile follows [#EMAIL].
  enum Account implements Field {
    ID,
    EMAIL,
    EMAIL_VERIFIED,
    STATUS,
    ROLES,
    CREATED_AT,
    PASSWORD_HASH;

    private final String label = name().toLowerCase(Locale.ROOT);

    @Override
    public String label() {
      return label;
    }
  }

  /// One of the profile.
  record InProfile(Profile.Field field) implements Field {
    @Override
    public String label() {
      return field.label();
    }
  }

  /// Its name in a file.
  String label();

  /// The field of this name.
  static Optional<Field> find(String label) {
    return Optional.ofNullable(ByLabel.FIELDS.get(label));
  }

  /// Those that are written.
  static List<Field> written(boolean withHashes) {
    return ALL.stream().filter(field -> withHashes || field != Account.PASSWORD_HASH).toList();
  }

  /// How the name of a field that is not known is shown: it may be anything.
  static String shown(String label) {
    return label.matches("[A-Za-z0-9_.-]{1,64}") ? label : "?";
  }

  private static List<Field> all() {
    var all = new ArrayList<Field>(List.of(Account.values()));
    int place = all.indexOf(Account.EMAIL) + 1;
    for (Profile.Field field : Profile.Field.values()) {
      all.add(place++, new InProfile(field));
    }
    return List.copyOf(all);
  }

  /// The fields by their names.
  final class ByLabel {
    private static final Map<String, Field> FIELDS =
        ALL.stream().collect(Collectors.toUnmodifiableMap(Field::label, Function.identity()));

    private ByLabel() {}
  }
}
