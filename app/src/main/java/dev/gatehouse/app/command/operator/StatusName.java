package dev.gatehouse.app.command.operator;

import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.errors.InvalidFields;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a status as it is printed, in letters of any case.
public final class StatusName implements ITypeConverter<UserStatus> {
  @Override
  public UserStatus convert(String text) {
    try {
      return UserStatus.parse(text.toLowerCase(Locale.ROOT));
    } catch (InvalidFields none) {
      throw new TypeConversionException("it is active or disabled");
    }
  }
}
