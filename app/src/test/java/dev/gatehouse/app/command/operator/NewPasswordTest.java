package dev.gatehouse.app.command.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.errors.InvalidFields;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewPasswordTest {
  private final List<String> prompts = new ArrayList<>();

  @Test
  void asksTwiceAtATerminal() throws IOException {
    assertThat(typed("an engine", "an engine").call()).contains("an engine");
    assertThat(prompts).containsExactly("Password: ", "Password again: ");
  }

  @Test
  void refusesTwoPasswordsThatDiffer() {
    for (NewPassword typed : List.of(typed("an engine", "an angine"), typed("an engine"))) {
      assertThatExceptionOfType(InvalidFields.class)
          .isThrownBy(typed::call)
          .satisfies(it -> assertThat(it.errors().getFirst().code()).isEqualTo("mismatch"));
    }
  }

  @Test
  void asksNoMoreAtTheEndOfTheInput() throws IOException {
    assertThat(typed().call()).isEmpty();
    assertThat(prompts).hasSize(1);
  }

  @Test
  void readsOneLineWhereNoPersonTypes() throws IOException {
    assertThat(piped("Zoë's engine\nsecond\n").call()).contains("Zoë's engine");
    assertThat(piped("").call()).isEmpty();
  }

  private NewPassword typed(String... lines) {
    var left = new ArrayDeque<>(List.of(lines));
    return new NewPassword(
        () ->
            Optional.of(
                prompt -> {
                  prompts.add(prompt);
                  return Optional.ofNullable(left.poll());
                }),
        new ByteArrayInputStream("not read".getBytes(UTF_8)));
  }

  private static NewPassword piped(String text) {
    return new NewPassword(Optional::empty, new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
