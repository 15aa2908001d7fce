package dev.gatehouse.app.settings;

import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.config.SettingTypes;
import dev.gatehouse.telemetry.logging.LogFormat;
import dev.gatehouse.telemetry.logging.LogLevel;
import java.util.List;

/// How much is logged, and in which form.
public final class LogConfiguration {
  public static final Setting<LogFormat> FORMAT =
      Setting.optional(
          "LOG_FORMAT",
          SettingTypes.oneOf(LogFormat.class),
          "`text` on a terminal, else `json`",
          "`text` for people, `json` for collectors");
  public static final Setting<LogLevel> LEVEL =
      Setting.of(
          "LOG_LEVEL",
          SettingTypes.oneOf(LogLevel.class),
          "info",
          "`trace`, `debug`, `info`, `warn` or `error`; libraries log one level less");

  public static final Section SECTION = new Section("Logs", List.of(FORMAT, LEVEL), List.of());

  private LogConfiguration() {}
}
