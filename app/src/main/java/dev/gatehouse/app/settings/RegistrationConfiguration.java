package dev.gatehouse.app.settings;

import dev.gatehouse.accounts.registration.RegistrationMode;
import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.config.SettingTypes;
import java.util.List;

/// Who gets an account.
public final class RegistrationConfiguration {
  public static final Setting<RegistrationMode> REGISTRATION =
      Setting.of(
          "REGISTRATION",
          SettingTypes.oneOf(RegistrationMode.class),
          "open",
          "who may register; when closed, only `gatehouse users create` and `import` make accounts");

  public static final Section SECTION =
      new Section("Registration", List.of(REGISTRATION), List.of());

  private RegistrationConfiguration() {}
}
