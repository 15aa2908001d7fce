package dev.gatehouse.telemetry.tracing;

import dev.gatehouse.postgres.database.StatementListener;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The spans of SQL statements, with their text, which has question marks in the place of values.
final class StatementSpans implements StatementListener {
  private static final Pattern TABLE =
      Pattern.compile("\\b(?:FROM|INTO|UPDATE)\\s+([a-z_]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern VERB = Pattern.compile("\\b(SELECT|INSERT|UPDATE|DELETE)\\b");

  private final Spans spans;

  /// Keyed by the text of a statement; every statement of the program is a constant.
  private final Map<String, Description> known = new ConcurrentHashMap<>();

  private record Description(String name, Attributes attributes) {}

  StatementSpans(Spans spans) {
    this.spans = spans;
  }

  @Override
  public Run began(String text) {
    Span caller = spans.current();
    if (caller == null) {
      return Run.NONE;
    }
    Description described = known.computeIfAbsent(text, StatementSpans::describe);
    Span span =
        spans
            .beneath(caller, described.name(), SpanKind.CLIENT)
            .setAllAttributes(described.attributes())
            .startSpan();
    return failure -> end(span, failure);
  }

  private static void end(Span span, @Nullable SQLException failure) {
    if (failure == null) {
      span.end();
      return;
    }
    if (failure.getSQLState() != null) {
      span.setAttribute(SemanticAttributes.DB_STATUS, failure.getSQLState());
    }
    Spans.fail(span, failure);
  }

  private static Description describe(String text) {
    String verb = first(VERB, text, "SQL").toUpperCase(Locale.ROOT);
    String table = first(TABLE, text, "");
    String summary = table.isEmpty() ? verb : verb + ' ' + table;
    return new Description(
        summary,
        Attributes.builder()
            .put(SemanticAttributes.DB_SYSTEM, "postgresql")
            .put(SemanticAttributes.DB_OPERATION, verb)
            .put(SemanticAttributes.DB_QUERY_SUMMARY, summary)
            .put(SemanticAttributes.DB_QUERY_TEXT, text.strip().replaceAll("\\s+", " "))
            .build());
  }

  private static String first(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
