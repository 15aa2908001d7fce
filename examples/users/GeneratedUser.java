import java.util.Optional;
import java.util.OptionalInt;

/// One line of the output.
///
/// @param expect `accepted`, or the code of the refusal
/// @param after the line, counted from 0, that has to be registered before this one
record GeneratedUser(
    String email, String password, Optional<String> displayName, String expect, OptionalInt after) {

  GeneratedUser withEmail(String other, String outcome) {
    return new GeneratedUser(other, password, displayName, outcome, after);
  }

  GeneratedUser withPassword(String other, String outcome) {
    return new GeneratedUser(email, other, displayName, outcome, after);
  }

  GeneratedUser withName(String other, String outcome) {
    return new GeneratedUser(email, password, Optional.of(other), outcome, after);
  }

  GeneratedUser twinOf(int line, String otherEmail) {
    return new GeneratedUser(
        otherEmail, password, displayName, "EMAIL_TAKEN", OptionalInt.of(line));
  }

  String json() {
    var json = new StringBuilder("{\"email\":").append(quoted(email));
    json.append(",\"password\":").append(quoted(password));
    displayName.ifPresent(name -> json.append(",\"display_name\":").append(quoted(name)));
    json.append(",\"expect\":").append(quoted(expect));
    after.ifPresent(line -> json.append(",\"after\":").append(line));
    return json.append('}').toString();
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (char character : text.toCharArray()) {
      if (character == '"' || character == '\\') {
        quoted.append('\\').append(character);
      } else if (character < ' ' || Character.isSurrogate(character) || character == '\u2028') {
        quoted.append("\\u%04x".formatted((int) character));
      } else {
        quoted.append(character);
      }
    }
    return quoted.append('"').toString();
  }
}
