package dev.gatehouse.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds comments, messages, help texts and docs to plain English: few words of the idiolect that
/// this code base once had, log messages that begin with a capital, and comment lines within 100
/// columns.
class PlainEnglishTest {
  private static final Path ROOT = Path.of("..");
  private static final int LONGEST_LINE = 100;

  /// For each 10,000 words.
  private static final double MOST = 10;

  private static final Pattern IDIOLECT =
      Pattern.compile(
          "\\b(?:nobody|somebody|whoever|anew|(?:is|are) told|for ever|stands|by turns|put off"
              + "|hears|heard|hurried|knocks?|gave up|in words|mends?|mended|lies|wants|of its own"
              + "|lets)\\b",
          Pattern.CASE_INSENSITIVE);

  /// The field's word is response. Decision records keep the words of their day.
  private static final Pattern ANSWER =
      Pattern.compile("\\banswer(?:s|ed|ing)?\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,}");
  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)///?\\s(.*)$");
  private static final Pattern COMMENT_LINE = Pattern.compile("\\s*(?:///?|/\\*|\\*).*");
  private static final Pattern LOG_MESSAGE = Pattern.compile("\\blog\\s*\\.\\w+\\(.*?\"(.*)\"");

  /// Three words or more, as messages, errors and help texts have and names do not.
  private static final Pattern SENTENCE =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*?\\w+,? \\w+,? \\w+(?:[^\"\\\\]|\\\\.)*)\"");

  private static final Pattern LOG_START =
      Pattern.compile(
          "\\blog\\s*\\.(?:trace|debug|info|warn|error)\\(\\s*\"(.*)\"|\\.log\\(\\s*\"(.*)\"");

  private record Line(Path file, int number, String text) {
    @Override
    public String toString() {
      return ROOT.relativize(file) + ":" + number + ": " + text.strip();
    }
  }

  @Test
  void usesFewWordsOfTheIdiolect() throws IOException {
    List<Line> prose = prose();
    long words =
        prose.stream().mapToLong(line -> WORD.matcher(line.text()).results().count()).sum();
    List<Line> found = prose.stream().filter(line -> IDIOLECT.matcher(line.text()).find()).toList();
    long hits =
        found.stream().mapToLong(line -> IDIOLECT.matcher(line.text()).results().count()).sum();

    assertThat(words).as("words read").isGreaterThan(50_000);
    assertThat(hits * 10_000.0 / words).as("in %s", found).isLessThanOrEqualTo(MOST);
  }

  @Test
  void findsTheIdiolect() {
    assertThat(IDIOLECT.matcher("Nobody is told anew.").results()).hasSize(3);
    assertThat(IDIOLECT.matcher("Reports each outage once.").results()).isEmpty();
  }

  @Test
  void saysResponse() throws IOException {
    assertThat(prose())
        .filteredOn(line -> !line.file().toString().matches(".*(?:/adr/|/src/test/).*"))
        .filteredOn(line -> ANSWER.matcher(line.text()).find())
        .isEmpty();
  }

  @Test
  void beginsLogMessagesWithACapital() throws IOException {
    List<String> lower = new ArrayList<>();
    int read = 0;
    for (Path file : files(".java")) {
      if (!file.toString().contains("/src/main/")) {
        continue;
      }
      Matcher message = LOG_START.matcher(Files.readString(file));
      while (message.find()) {
        read++;
        String text = message.group(1) == null ? message.group(2) : message.group(1);
        if (text.matches("[a-z].*")) {
          lower.add(ROOT.relativize(file) + ": " + text);
        }
      }
    }

    assertThat(read).as("messages read").isGreaterThan(50);
    assertThat(lower).isEmpty();
  }

  @Test
  void keepsCommentLinesWithinAHundredColumns() throws IOException {
    List<Line> longLines = new ArrayList<>();
    for (Path file : files(".java")) {
      for (Line line : lines(file)) {
        if (line.text().length() > LONGEST_LINE && COMMENT_LINE.matcher(line.text()).matches()) {
          longLines.add(line);
        }
      }
    }
    assertThat(longLines).isEmpty();
  }

  private static List<Line> prose() throws IOException {
    var prose = new ArrayList<Line>();
    for (Path file : files(".java")) {
      for (Line line : lines(file)) {
        String text = proseOf(line.text());
        if (!text.isEmpty()) {
          prose.add(new Line(file, line.number(), text));
        }
      }
    }
    for (String suffix : List.of(".md", "openapi.yaml", ".sh")) {
      for (Path file : files(suffix)) {
        prose.addAll(lines(file));
      }
    }
    return prose;
  }

  private static String proseOf(String line) {
    for (Pattern pattern : List.of(COMMENT, LOG_MESSAGE, SENTENCE)) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return "";
  }

  private static List<Line> lines(Path file) throws IOException {
    var lines = new ArrayList<Line>();
    for (String text : Files.readAllLines(file)) {
      lines.add(new Line(file, lines.size() + 1, text));
    }
    return lines;
  }

  private static List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(file -> file.toString().endsWith(suffix))
          .filter(PlainEnglishTest::isOurs)
          .toList();
    }
  }

  /// The change log is history, and this class names the words.
  private static boolean isOurs(Path file) {
    String path = ROOT.relativize(file).toString().toLowerCase(Locale.ROOT);
    return !path.matches(
        "(?:.*/)?(?:target|node_modules|data|\\.git|\\.cache)/.*|changelog\\.md|.*/plainenglishtest\\.java");
  }
}
