package dev.gatehouse.app.system.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.system.ApiClient.ApiResponse;
import dev.gatehouse.app.system.budget.Operations.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Makes each operation many times and counts what one of them costs.
class BudgetTest {
  private static final Path PAGE = Path.of("../docs/budgets.md");
  private static final String BEGIN = "<!-- budgets -->\n";
  private static final String END = "<!-- /budgets -->\n";

  private static final int WARM_UP = 50;
  private static final int MEASURED = 200;
  private static final Duration IDLE = Duration.ofSeconds(4);

  /// What a budget of bytes allows beyond what was measured when it was written. Background tasks
  /// allocate meanwhile, the more the slower the machine is.
  private static final double ROOM_FOR_WAL = 1.15;

  private static final double ROOM_FOR_HEAP = 1.3;

  /// Statements that a request causes and does not wait for.
  private static final List<String> LATER = List.of("INSERT INTO audit_events");

  /// Run with `-Ddocs.write=true` to bring the page up to date.
  @Test
  void keepsEveryOperationWithinItsBudget(@TempDir Path folder) throws Exception {
    List<Budget> costs = new ArrayList<>();
    try (var laboratory = Laboratory.open(folder)) {
      Usage before = laboratory.usageAtStart();
      Thread.sleep(IDLE);
      Usage idle = laboratory.usage().since(before);
      for (Supplier<Operation> operation : new Operations(laboratory, WARM_UP + MEASURED).all()) {
        costs.add(cost(laboratory, operation.get(), idle));
      }
    }
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + table(costs) + page.substring(end));
      return;
    }

    List<Budget> budgets = page.substring(begin, end).lines().skip(2).map(Budget::parse).toList();
    assertThat(costs).extracting(Budget::operation).isEqualTo(operations(budgets));
    var softly = new SoftAssertions();
    for (int row = 0; row < costs.size(); row++) {
      compare(softly, costs.get(row), budgets.get(row));
    }
    softly.assertAll();
  }

  private static void compare(SoftAssertions softly, Budget cost, Budget budget) {
    String operation = cost.operation();
    softly
        .assertThat(cost.statements())
        .as("statements of %s", operation)
        .isEqualTo(budget.statements());
    softly
        .assertThat(cost.later())
        .as("later statements of %s", operation)
        .isLessThanOrEqualTo(budget.later());
    softly.assertThat(cost.rows()).as("rows of %s", operation).isEqualTo(budget.rows());
    softly.assertThat(cost.redis()).as("Redis commands of %s", operation).isEqualTo(budget.redis());
    softly.assertThat(cost.hashes()).as("hashes of %s", operation).isEqualTo(budget.hashes());
    softly
        .assertThat(cost.signed())
        .as("signatures made by %s", operation)
        .isEqualTo(budget.signed());
    softly
        .assertThat(cost.checked())
        .as("signatures checked by %s", operation)
        .isEqualTo(budget.checked());
    softly
        .assertThat(cost.walBytes())
        .as("WAL bytes of %s", operation)
        .isLessThanOrEqualTo(budget.walBytes());
    softly
        .assertThat(cost.heapBytes())
        .as("heap bytes of %s", operation)
        .isLessThanOrEqualTo(budget.heapBytes());
  }

  private static List<String> operations(List<Budget> budgets) {
    return budgets.stream().map(Budget::operation).toList();
  }

  private static String table(List<Budget> costs) {
    var text = new StringBuilder(Budget.HEAD);
    for (Budget cost : costs) {
      text.append(withRoom(cost).line()).append('\n');
    }
    return text.toString();
  }

  private static Budget withRoom(Budget cost) {
    return new Budget(
        cost.operation(),
        cost.statements(),
        Math.ceil(cost.later()),
        cost.rows(),
        cost.redis(),
        cost.hashes(),
        cost.signed(),
        cost.checked(),
        rounded(cost.walBytes() * ROOM_FOR_WAL + 1, 50),
        rounded(cost.heapBytes() * ROOM_FOR_HEAP, 500));
  }

  private static long rounded(double bytes, long step) {
    return (long) Math.ceil(bytes / step) * step;
  }

  private static Budget cost(Laboratory laboratory, Operation operation, Usage idle)
      throws Exception {
    for (int number = 0; number < WARM_UP; number++) {
      call(operation, number);
    }
    Usage before = laboratory.usageAtStart();
    long start = System.nanoTime();
    for (int number = WARM_UP; number < WARM_UP + MEASURED; number++) {
      call(operation, number);
    }
    double idles = (System.nanoTime() - start) / (double) IDLE.toNanos();
    Usage used = laboratory.usage().since(before);
    return new Budget(
        operation.name(),
        statements(used, idle, false),
        statements(used, idle, true),
        rows(used, idle),
        redis(used, idle),
        each(used, "hashes"),
        each(used, "signed"),
        each(used, "checked"),
        bytes(used, idle, "wal", idles),
        bytes(used, idle, "heap", idles));
  }

  private static void call(Operation operation, int number) {
    ApiResponse response = operation.call().apply(number);
    assertThat(response.status())
        .as("%s: %s", operation.name(), response.body())
        .isEqualTo(operation.status());
  }

  private static double statements(Usage used, Usage idle, boolean later) {
    long count =
        foreground(used, idle)
            .filter(text -> isLater(text) == later)
            .mapToLong(text -> used.statements().get(text))
            .sum();
    return perCall(count);
  }

  private static double rows(Usage used, Usage idle) {
    return perCall(
        foreground(used, idle)
            .filter(text -> !isLater(text))
            .mapToLong(text -> used.rows().getOrDefault(text, 0L))
            .sum());
  }

  private static double redis(Usage used, Usage idle) {
    Set<String> background = idle.commands().keySet();
    long count =
        used.commands().entrySet().stream()
            .filter(command -> !background.contains(command.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return perCall(count);
  }

  /// Statements that also run without a request, or run rarely, belong to background tasks.
  private static Stream<String> foreground(Usage used, Usage idle) {
    Set<String> background = new HashSet<>(idle.statements().keySet());
    return used.statements().entrySet().stream()
        .filter(run -> !background.contains(run.getKey()) && run.getValue() >= MEASURED / 20)
        .map(Map.Entry::getKey);
  }

  private static boolean isLater(String text) {
    return LATER.stream().anyMatch(text.strip()::startsWith);
  }

  private static double each(Usage used, String name) {
    return perCall(used.counts().getOrDefault(name, 0L));
  }

  private static long bytes(Usage used, Usage idle, String name, double idles) {
    double own =
        used.counts().getOrDefault(name, 0L) - idles * idle.counts().getOrDefault(name, 0L);
    return Math.max(0, Math.round(own / MEASURED));
  }

  private static double perCall(long count) {
    return Math.round(100.0 * count / MEASURED) / 100.0;
  }
}
