package dev.gatehouse.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.ErrorReports;
import dev.gatehouse.app.command.operator.FakeProgram;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;

/// What each command prints at `--help`, at 80 columns.
class HelpTest {
  static List<String> commands() {
    return all(commandLine()).map(HelpTest::name).toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void fitsIn80Columns(String command) {
    assertThat(help(command).lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void showsEveryWordOfEveryDescription(String command) {
    String shown = withoutSpace(help(command));
    var spec = find(command).getCommandSpec();

    assertThat(shown).contains(withoutSpace(String.join("", spec.usageMessage().description())));
    for (ArgSpec argument : spec.args()) {
      assertThat(shown).contains(withoutSpace(String.join("", argument.description())));
    }
  }

  /// A list of commands shows the first element of each description, and a line breaks after each.
  @ParameterizedTest
  @MethodSource("commands")
  void breaksNoSentence(String command) {
    var spec = find(command).getCommandSpec();

    assertThat(spec.usageMessage().description()).isNotEmpty().allMatch(it -> it.endsWith("."));
    assertThat(spec.args()).allMatch(argument -> argument.description().length == 1);
    for (CommandLine listed : find(command).getSubcommands().values()) {
      String first = listed.getCommandSpec().usageMessage().description()[0];
      assertThat(withoutSpace(help(command))).contains(withoutSpace(first));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void listsOptionsByName(String command) {
    List<String> shown =
        help(command)
            .lines()
            .filter(line -> line.matches(" {2,6}(-\\w, )?--.*"))
            .map(line -> line.replaceFirst("^ +(-\\w, )?--([\\w-]+).*", "$2"))
            .toList();

    assertThat(shown).isNotEmpty().isSorted();
  }

  /// A line may also break after a hyphen.
  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static String help(String command) {
    return find(command).getUsageMessage(Ansi.OFF);
  }

  private static CommandLine find(String command) {
    return all(commandLine()).filter(it -> name(it).equals(command)).findFirst().orElseThrow();
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::all));
  }

  private static CommandLine commandLine() {
    var nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    var context =
        new CommandContext(
            Map.of(),
            nowhere,
            nowhere,
            InputStream.nullInputStream(),
            Optional::empty,
            false,
            new FakeProgram(),
            _ -> {},
            () -> {});
    return Gatehouse.commandLine(context, new ErrorReports(context));
  }
}
