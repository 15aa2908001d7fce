package dev.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
  private static final Setting<Integer> PORT =
      Setting.of("PORT_A", SettingTypes.port(), "80", "a port");
  private static final Setting<Integer> TWICE =
      Setting.derived(
          "TWICE", SettingTypes.port(), "twice", c -> c.get(PORT) * 2, "twice the port");
  private static final Setting<String> TOKEN =
      Setting.optional("TOKEN", SettingTypes.visible(), "none", "a secret").asSecret();
  private static final Section SECTION =
      new Section(
          "Test",
          List.of(PORT, TWICE, TOKEN),
          List.of(
              configuration ->
                  configuration.get(PORT) == 13 ? Optional.of("13 is unlucky") : Optional.empty()));
  private static final Catalog CATALOG = new Catalog(List.of(SECTION));

  @Test
  void fallsBackToDefaults() {
    Configuration configuration = read(Map.of(), Map.of());

    assertThat(configuration.get(PORT)).isEqualTo(80);
    assertThat(configuration.get(TWICE)).isEqualTo(160);
    assertThat(configuration.find(TOKEN)).isEmpty();
    assertThat(configuration.isSet(PORT)).isFalse();
  }

  @Test
  void takesTheEnvironmentBeforeTheFileAndTheFileBeforeTheDefault() {
    Map<String, String> file = Map.of("GATEHOUSE_PORT_A", "81", "GATEHOUSE_TOKEN", "fromfile");
    Configuration configuration = read(Map.of("GATEHOUSE_PORT_A", "82"), file);

    assertThat(configuration.get(PORT)).isEqualTo(82);
    assertThat(configuration.find(TOKEN)).contains("fromfile");
    assertThat(configuration.lines(SECTION))
        .extracting(Configuration.Line::source)
        .containsExactly(Source.ENVIRONMENT, Source.DEFAULT, Source.FILE);
  }

  @Test
  void countsAnEmptyValueAsNotSet() {
    assertThat(read(Map.of("GATEHOUSE_PORT_A", " "), Map.of()).get(PORT)).isEqualTo(80);
  }

  @Test
  void reportsAllFaultsTogether() {
    assertThat(
            faults(
                Map.of(
                    "GATEHOUSE_PORT_A", "80800", "GATEHOUSE_TOKNE", "y", "GATEHOUSE_TWICE", "-1"),
                Map.of("HTTP", "z")))
        .hasSize(4)
        .anySatisfy(
            fault -> assertThat(fault).startsWith("GATEHOUSE_PORT_A must be").contains("\"80800\""))
        .anySatisfy(fault -> assertThat(fault).startsWith("GATEHOUSE_TWICE must be"))
        .contains("GATEHOUSE_TOKNE is not a known variable; did you mean GATEHOUSE_TOKEN?")
        .contains("A key in the file is not the name of a setting");
  }

  @Test
  void suggestsNothingFarFetched() {
    assertThat(faults(Map.of("GATEHOUSE_COMPLETELY_ELSE", "1"), Map.of()))
        .containsExactly("GATEHOUSE_COMPLETELY_ELSE is not a known variable");
  }

  @Test
  void checksRulesBetweenSettings() {
    assertThat(faults(Map.of("GATEHOUSE_PORT_A", "13"), Map.of())).containsExactly("13 is unlucky");
  }

  @Test
  void skipsRulesWhoseSettingIsUnreadable() {
    assertThat(faults(Map.of("GATEHOUSE_PORT_A", "thirteen"), Map.of())).hasSize(1);
  }

  @Test
  void repeatsNoSecretInAFault() {
    assertThat(faults(Map.of("GATEHOUSE_TOKEN", "hush hush"), Map.of()))
        .singleElement()
        .asString()
        .doesNotContain("hush");
  }

  @Test
  void takesASecretFromTheFileThatIsNamed(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("token"), "hush\n");

    Configuration configuration = read(Map.of("GATEHOUSE_TOKEN_FILE", secret.toString()), Map.of());

    assertThat(configuration.find(TOKEN)).contains("hush");
    assertThat(configuration.lines(SECTION).getLast().source()).isEqualTo(Source.ENVIRONMENT);
    assertThat(configuration.lines(SECTION).getLast().value()).contains("***");
  }

  @Test
  void saysWhichFileOfASecretCannotBeUsed(@TempDir Path folder) throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), " \n");
    Path large = Files.writeString(folder.resolve("large"), "x".repeat(70_000));
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
    Path missing = folder.resolve("missing");

    for (Path unusable : List.of(empty, large, binary, missing, folder)) {
      assertThat(faults(Map.of("GATEHOUSE_TOKEN_FILE", unusable.toString()), Map.of()))
          .singleElement()
          .asString()
          .startsWith("GATEHOUSE_TOKEN_FILE must name a file of UTF-8 text")
          .contains(unusable.equals(missing) ? "there is no such file" : unusable.toString());
    }
  }

  @Test
  void refusesASecretThatIsGivenTwice(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("token"), "hush");

    assertThat(
            faults(
                Map.of("GATEHOUSE_TOKEN", "hush", "GATEHOUSE_TOKEN_FILE", secret.toString()),
                Map.of()))
        .containsExactly("GATEHOUSE_TOKEN and GATEHOUSE_TOKEN_FILE are both set; one is enough");
  }

  @Test
  void knowsFilesOfSecretsOnly() {
    assertThat(faults(Map.of("GATEHOUSE_PORT_A_FILE", "/port"), Map.of()))
        .singleElement()
        .asString()
        .startsWith("GATEHOUSE_PORT_A_FILE is not a known variable");
  }

  @Test
  void showsNoSecret() {
    var lines = read(Map.of("GATEHOUSE_TOKEN", "hush"), Map.of()).lines(SECTION);

    assertThat(lines.getLast().value()).contains("***");
  }

  @Test
  void keepsAFaultOnOneLine() {
    assertThat(faults(Map.of("GATEHOUSE_A_\n2\u001b[31m", "1"), Map.of("HTTP\n2", "1")))
        .hasSize(2)
        .allSatisfy(fault -> assertThat(fault).doesNotContain("\n", "\u001b"));
  }

  @Test
  void passesOverTheVariablesOfOthers() {
    assertThat(read(Map.of("PATH", "/bin", "GATEHOUSE", "x"), Map.of()).get(PORT)).isEqualTo(80);
  }

  @Test
  void passesOverServiceLinksInsideKubernetesOnly() {
    var links =
        Map.of(
            "GATEHOUSE_SERVICE_HOST", "10.0.0.7",
            "GATEHOUSE_SERVICE_PORT_HTTP", "8080",
            "GATEHOUSE_PORT", "tcp://10.0.0.7:8080",
            "GATEHOUSE_PORT_8080_TCP_ADDR", "10.0.0.7",
            "GATEHOUSE_GATEWAY_PORT", "tcp://10.0.0.8:8000");
    var inside = new HashMap<>(links);
    inside.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");

    assertThat(read(inside, Map.of()).get(PORT)).isEqualTo(80);
    assertThat(faults(links, Map.of())).hasSize(5);
  }

  private static Configuration read(Map<String, String> environment, Map<String, String> file) {
    return new ConfigurationReader(CATALOG, environment, file).read();
  }

  private static List<String> faults(Map<String, String> environment, Map<String, String> file) {
    return catchThrowableOfType(ConfigurationException.class, () -> read(environment, file))
        .faults();
  }
}
