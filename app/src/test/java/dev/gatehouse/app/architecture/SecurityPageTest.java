package dev.gatehouse.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The pages on security name tests as evidence: these tests and their methods exist.
class SecurityPageTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> PAGES = List.of("docs/security.md", "docs/asvs.md");
  private static final Pattern PROOF =
      Pattern.compile("`(\\w+(?:Test|Contract))`(?: \\(((?:`\\w+`(?:, )?)+)\\))?");
  private static final Pattern METHOD = Pattern.compile("`(\\w+)`");
  private static final Pattern ROW =
      Pattern.compile("\\| (\\d+)\\.\\d+\\.\\d+ \\| [123] \\| .+ \\| (.+) \\|");

  @Test
  void namesNoTestThatIsNotThere() throws IOException {
    Map<String, String> sources = testSources();
    var missing = new TreeSet<String>();
    var named = new TreeSet<String>();

    var proof = PROOF.matcher(pages());
    while (proof.find()) {
      String type = proof.group(1);
      named.add(type);
      String source = sources.get(type);
      if (source == null) {
        missing.add(type);
        continue;
      }
      for (String method : methods(proof.group(2) == null ? "" : proof.group(2))) {
        if (!source.contains(" " + method + "(")) {
          missing.add(type + "." + method);
        }
      }
    }

    assertThat(missing).isEmpty();
    assertThat(named).hasSizeGreaterThan(50);
  }

  @Test
  void coversEveryChapterThatBearsOnTheService() throws IOException {
    var chapters = new HashMap<String, Integer>();
    var row = ROW.matcher(pages());
    while (row.find()) {
      chapters.merge(row.group(1), 1, Integer::sum);
      assertThat(row.group(2)).as(row.group()).isNotBlank();
    }

    assertThat(chapters.keySet())
        .containsExactlyInAnyOrder("2", "6", "7", "9", "11", "12", "13", "14", "16");
    assertThat(chapters.values().stream().mapToInt(Integer::intValue).sum())
        .isGreaterThanOrEqualTo(60);
  }

  private static String pages() throws IOException {
    var text = new StringBuilder();
    for (String page : PAGES) {
      text.append(Files.readString(ROOT.resolve(page)));
    }
    return text.toString();
  }

  private static List<String> methods(String list) {
    var names = new ArrayList<String>();
    var method = METHOD.matcher(list);
    while (method.find()) {
      names.add(method.group(1));
    }
    return names;
  }

  /// Tests by their names; contract suites are among the sources of the testkit.
  private static Map<String, String> testSources() throws IOException {
    var sources = new HashMap<String, String>();
    List<Path> files;
    try (Stream<Path> modules = Files.list(ROOT)) {
      files = modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList();
    }
    for (Path folder : files) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.filter(each -> each.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          if (name.endsWith("Test") || name.endsWith("Contract")) {
            sources.put(name, Files.readString(file));
          }
        }
      }
    }
    return sources;
  }
}
