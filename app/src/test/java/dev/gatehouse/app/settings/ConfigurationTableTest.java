package dev.gatehouse.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationTableTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final String BEGIN = "<!-- settings -->\n";
  private static final String END = "<!-- /settings -->\n";

  /// Run with `-Ddocs.write=true` to bring the page up to date.
  @Test
  void describesEverySettingAsItIsDeclared() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + tables() + page.substring(end));
      return;
    }

    assertThat(page.substring(begin, end)).isEqualTo(tables());
  }

  private static String tables() {
    var text = new StringBuilder();
    Settings.CATALOG.sections().forEach(section -> append(text, section));
    return text.toString();
  }

  private static void append(StringBuilder text, Section section) {
    text.append("\n### ").append(section.title()).append("\n\n");
    text.append("| name | default | meaning | values |\n|---|---|---|---|\n");
    for (Setting<?> setting : section.settings()) {
      text.append(
          "| `%s` | %s | %s%s | %s |\n"
              .formatted(
                  setting.name(),
                  setting.defaultInWords(),
                  setting.summary(),
                  setting.secret() ? "; secret" : "",
                  setting.kind().form()));
    }
    text.append('\n');
  }
}
