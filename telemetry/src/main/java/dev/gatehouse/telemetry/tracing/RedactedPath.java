package dev.gatehouse.telemetry.tracing;

import java.util.regex.Pattern;

/// A path in spans: only ids stay, since text that a client sends may contain personal data.
final class RedactedPath {
  private static final String NO_ROUTE = "other";
  private static final String HIDDEN = "REDACTED";
  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private RedactedPath() {}

  static String of(String path, String template) {
    if (template.equals(NO_ROUTE)) {
      return HIDDEN;
    }
    if (template.indexOf('{') < 0) {
      return template;
    }
    String[] written = path.split("/", -1);
    String[] expected = template.split("/", -1);
    for (int index = 0; index < expected.length; index++) {
      boolean shown = index < written.length && ID.matcher(written[index]).matches();
      if (expected[index].startsWith("{")) {
        expected[index] = shown ? written[index] : HIDDEN;
      }
    }
    return String.join("/", expected);
  }
}
