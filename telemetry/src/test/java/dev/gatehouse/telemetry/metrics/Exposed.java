package dev.gatehouse.telemetry.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Meters as they are exposed.
record Exposed(String text) {
  private static final Pattern SAMPLE = Pattern.compile("([a-z_:A-Z0-9]+)(\\{.*})? (\\S+).*");

  static Exposed by(Metrics metrics) {
    return new Exposed(new String(metrics.read(ScrapeFormat.TEXT), UTF_8));
  }

  /// The lines of samples.
  List<String> samples() {
    return text.lines().filter(line -> !line.startsWith("#")).toList();
  }

  /// The type of a family, or an empty string.
  String type(String family) {
    return text.lines()
        .filter(line -> line.startsWith("# TYPE " + family + " "))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElse("");
  }

  /// A series with these labels in alphabetical order, such as `name{a="1",b="2"}`.
  double value(String series) {
    return samples().stream()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series + " in\n" + text));
  }

  /// How many series each name has.
  Map<String, Long> seriesByName() {
    var count = new TreeMap<String, Long>();
    for (String line : samples()) {
      Matcher sample = SAMPLE.matcher(line);
      if (!sample.matches()) {
        throw new AssertionError("not a sample: " + line);
      }
      count.merge(sample.group(1), 1L, Long::sum);
    }
    return count;
  }
}
