package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.user.Profile.Field;
import java.util.Set;

/// New values for some fields of a profile. Immutable.
///
/// @param fields those that change
/// @param values what they become; other fields are ignored
public record ProfileUpdate(Set<Field> fields, Profile values) {
  /// Changes nothing.
  public static final ProfileUpdate NONE = new ProfileUpdate(Set.of(), Profile.EMPTY);

  public ProfileUpdate {
    fields = Set.copyOf(fields);
  }

  /// The profile after the update.
  public Profile applyTo(Profile profile) {
    return profile.with(fields, values);
  }
}
