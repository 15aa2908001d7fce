package dev.gatehouse.deploy;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An expression of PromQL, possibly with variables of Grafana.
record Query(String expression) {
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*+\"");
  private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*+)}");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*+]");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*+\\(([^)]*+)\\)");
  private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*+(?!\\s*+\\()");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_]\\w*+");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  /// The expression as sent by Grafana.
  String filledIn() {
    return expression.replace("$__rate_interval", "5m").replace("$instance", ".*");
  }

  /// The names of the series it reads.
  Set<String> series() {
    String bare = expression;
    for (Pattern other : new Pattern[] {TEXT, MATCHERS, RANGE, GROUPING}) {
      bare = other.matcher(bare).replaceAll("");
    }
    return NAME.matcher(bare)
        .results()
        .map(MatchResult::group)
        .filter(name -> !WORDS.contains(name))
        .collect(Collectors.toSet());
  }

  /// The labels it compares or groups by.
  Set<String> labels() {
    String bare = TEXT.matcher(expression).replaceAll("");
    return Stream.of(MATCHERS, GROUPING)
        .flatMap(lists -> lists.matcher(bare).results())
        .flatMap(list -> Arrays.stream(list.group(1).split(",", -1)))
        .flatMap(label -> LABEL.matcher(label).results())
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }
}
