package dev.gatehouse.app.command.operator;

import dev.gatehouse.errors.InvalidFields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// Reads a new password: typed twice at a terminal, otherwise the first line of the standard input.
///
/// @param terminal looks for a terminal where a person sits
/// @param input UTF-8
public record NewPassword(Supplier<Optional<Terminal>> terminal, InputStream input)
    implements Callable<Optional<String>> {
  /// Asks a person for what must not be shown.
  @FunctionalInterface
  public interface Terminal {
    /// What was typed; empty at the end of the input.
    Optional<String> ask(String prompt);
  }

  /// @throws InvalidFields when the two passwords typed differ
  @Override
  public Optional<String> call() throws IOException {
    Optional<Terminal> person = terminal.get();
    return person.isPresent() ? typed(person.get()) : firstLine();
  }

  private static Optional<String> typed(Terminal terminal) {
    Optional<String> password = terminal.ask("Password: ");
    if (password.isPresent() && !terminal.ask("Password again: ").equals(password)) {
      throw InvalidFields.of("password", "mismatch", "The two passwords differ.");
    }
    return password;
  }

  private Optional<String> firstLine() throws IOException {
    var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    return Optional.ofNullable(lines.readLine());
  }
}
