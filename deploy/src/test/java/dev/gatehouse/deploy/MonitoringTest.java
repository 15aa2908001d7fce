package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.prometheus.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class MonitoringTest {
  private static final Path DASHBOARD = Path.of("grafana", "gatehouse.json");
  private static final Path RULES = Path.of("prometheus", "gatehouse.rules.yml");
  private static final Pattern CHOICE = Pattern.compile("label_values\\((.*), \\w+\\)");
  private static final Pattern TASK = Pattern.compile("\\.task\\(\"([a-z-]+)\"\\)");

  /// JSON is YAML too.
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void everyQueryOfTheDashboardCanBeParsed(@TempDir Path folder) throws Exception {
    var rules = new ArrayList<Map<String, String>>();
    for (Query query : queriesOfDashboard()) {
      rules.add(Map.of("record", "dashboard:query" + rules.size(), "expr", query.filledIn()));
    }
    var groups = Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules)));
    Path file = Files.writeString(folder.resolve("rules.yml"), YAML.writeValueAsString(groups));

    assertAccepts("check", "rules", file.toString());
  }

  @Test
  void dashboardAndRulesAskForWhatIsExported() throws Exception {
    var exported = new ExportedSeries(recorded());

    assertThat(queriesOfDashboard()).hasSizeGreaterThan(40);
    assertThat(queries(RULES)).hasSizeGreaterThan(20);
    assertThat(Stream.concat(queriesOfDashboard().stream(), queries(RULES).stream()))
        .allSatisfy(query -> assertThat(exported.unknownIn(query)).as("%s", query).isEmpty());
  }

  @Test
  void aMisspeltSeriesAndAStrangeLabelAreFound() throws Exception {
    var exported = new ExportedSeries(recorded());

    assertThat(exported.unknownIn(new Query("sum by (result) (rate(login_total[5m])) > 0.5")))
        .containsExactly("login_total", "result");
    assertThat(exported.unknownIn(new Query("up == 0 and logins_total{outcome=\"{up}\"}")))
        .containsExactly("outcome");
    assertThat(exported.unknownIn(new Query("gatehouse:errors:ratio_rate1m"))).hasSize(1);
  }

  @Test
  void thePanelsAskTheChosenDataSource() throws Exception {
    JsonNode dashboard = read(DASHBOARD);

    assertThat(dashboard.path("uid").asString()).isEqualTo("gatehouse");
    assertThat(dashboard.at("/templating/list/0/name").asString()).isEqualTo("datasource");
    assertThat(dashboard.findValues("datasource"))
        .hasSizeGreaterThan(20)
        .allSatisfy(source -> assertThat(source.path("uid").asString()).isEqualTo("${datasource}"));
    assertThat(dashboard.path("panels").valueStream().map(panel -> panel.path("id").asInt()))
        .doesNotHaveDuplicates();
  }

  @Test
  void composeBringsGrafanaTheDashboard() throws Exception {
    JsonNode grafana = read(Path.of("..", "compose.yaml")).at("/services/grafana");
    JsonNode provider = read(Path.of("compose/grafana/provisioning/dashboards/gatehouse.yml"));
    String folder = provider.at("/providers/0/options/path").asString();

    assertThat(grafana.path("volumes").valueStream().map(JsonNode::asString))
        .contains(
            "./deploy/grafana:" + folder + ":ro",
            "./deploy/compose/grafana/provisioning:/etc/grafana/provisioning:ro");
    assertThat(grafana.at("/environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").asString())
        .isEqualTo(folder + "/" + DASHBOARD.getFileName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"prometheus/prometheus.yml", "compose/prometheus.yml"})
  void prometheusUnderstandsItsConfiguration(String file) throws Exception {
    assertAccepts("check", "config", file);
  }

  @Test
  void theRulesDoWhatTheirTestsSay() throws Exception {
    List<String> tests;
    try (Stream<Path> files = Files.list(RULES.getParent())) {
      tests = files.map(Path::toString).filter(name -> name.endsWith(".test.yml")).toList();
    }

    assertThat(tests).isNotEmpty();
    assertAccepts(Stream.concat(Stream.of("test", "rules"), tests.stream()).toArray(String[]::new));
  }

  /// A task without a test of its alert could stall without an alert.
  @Test
  void theTestsOfTheRulesNameEachBackgroundTask() throws IOException {
    String tested = Files.readString(RULES.resolveSibling("gatehouse.test.yml"));

    List<String> tasks = backgroundTasks();

    assertThat(tasks).hasSizeGreaterThan(10);
    assertThat(tasks).allSatisfy(task -> assertThat(tested).contains("{task=\"" + task + "\"}"));
  }

  private static List<String> backgroundTasks() throws IOException {
    List<String> tasks = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path main : modules.map(module -> module.resolve("src/main/java")).toList()) {
        tasks.addAll(backgroundTasks(main));
      }
    }
    return tasks;
  }

  private static List<String> backgroundTasks(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<String> tasks = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        TASK.matcher(Files.readString(file)).results().forEach(found -> tasks.add(found.group(1)));
      }
    }
    return tasks;
  }

  private static void assertAccepts(String... arguments) throws IOException, InterruptedException {
    Promtool said = Promtool.run("", arguments);

    assertThat(said.status()).as(said.output()).isZero();
  }

  /// The queries of panels, annotations and variables.
  private static List<Query> queriesOfDashboard() throws IOException {
    Stream<Query> choices =
        read(DASHBOARD).findValuesAsString("definition").stream()
            .map(CHOICE::matcher)
            .filter(Matcher::matches)
            .map(choice -> new Query(choice.group(1)));
    return Stream.concat(queries(DASHBOARD).stream(), choices).toList();
  }

  private static List<Query> queries(Path file) throws IOException {
    return read(file).findValuesAsString("expr").stream().map(Query::new).toList();
  }

  private static List<String> recorded() throws IOException {
    return read(RULES).findValuesAsString("record");
  }

  private static JsonNode read(Path file) throws IOException {
    return YAML.readTree(Files.readString(file));
  }
}
