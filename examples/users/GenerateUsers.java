import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;

/// Writes users as they really come, one JSON object a line: names and addresses in many scripts,
/// internationalized domains, plus-tags, addresses that differ only in case, broken and over-long
/// values. Each line says what is to be expected when it is registered. The same seed gives the
/// same users.
///
///     java examples/users/GenerateUsers.java --count 100000 --seed 1 > users.ndjson
class GenerateUsers {
  private static final List<String> PROVIDERS =
      List.of(
          "mail.example",
          "post.example.org",
          "example.com",
          "inbox.example.net",
          "uni.example.edu");
  private static final List<String> WORDS =
      List.of(
          "copper", "harbor", "violet", "tundra", "maple", "orbit", "lantern", "quartz", "meadow",
          "saffron", "glacier", "ember", "willow", "cobalt", "falcon", "pepper");
  private static final List<String> BROKEN_EMAILS =
      List.of(
          "%s",
          "%s@",
          "@%s.example",
          "%s@localhost",
          "%s@@example.org",
          "%s@exa mple.org",
          "a..%s@example.org",
          ".%s@example.org",
          "%s.@example.org",
          "%s@-example.org",
          "%s@example..org",
          "%s@[192.0.2.1]",
          "%s@192.0.2.1",
          "\"%s\"@example.org",
          "%s@straße.example",
          "%s <%s@example.org>",
          "%s,b@example.org",
          "%s@exam_ple.org",
          "a\u202e%s@example.org");
  private static final int TWIN_DISTANCE = 400;

  private final SplittableRandom random;
  private final List<GeneratedUser> users = new ArrayList<>();
  private final List<Integer> accepted = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  GenerateUsers(long seed) {
    random = new SplittableRandom(seed);
  }

  public static void main(String[] arguments) throws IOException {
    int count = Math.toIntExact(option(arguments, "--count", 1000));
    long seed = option(arguments, "--seed", 1);
    var out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
    try (var lines = new PrintWriter(new BufferedWriter(out))) {
      new GenerateUsers(seed).generate(count).forEach(user -> lines.print(user.json() + "\n"));
    }
  }

  private static long option(String[] arguments, String name, long otherwise) {
    for (int index = 0; index < arguments.length - 1; index++) {
      if (arguments[index].equals(name)) {
        return Long.parseLong(arguments[index + 1]);
      }
    }
    return otherwise;
  }

  List<GeneratedUser> generate(int count) {
    while (users.size() < count) {
      GeneratedUser user = next();
      if (user.expect().equals("accepted")) {
        accepted.add(users.size());
      }
      users.add(user);
    }
    return users;
  }

  private GeneratedUser next() {
    GeneratedUser user = ordinary();
    int lot = random.nextInt(1000);
    if (lot < 920) {
      return user;
    }
    if (lot < 945) {
      return accepted.isEmpty() ? user : twin(user);
    }
    if (lot < 965) {
      return user.withEmail(pick(BROKEN_EMAILS).replace("%s", unique("x")), "INVALID_FIELDS");
    }
    if (lot < 975) {
      return overLong(user);
    }
    if (lot < 990) {
      return weak(user);
    }
    return lot < 997 ? unprintable(user) : user.withName("nul\u0000", "MALFORMED_REQUEST");
  }

  private GeneratedUser ordinary() {
    Script script = script();
    int who = random.nextInt(script.given().size());
    String given = script.given().get(who);
    String family = pick(script.family());
    String name =
        script.familyFirst() ? family + script.joiner() + given : given + script.joiner() + family;
    Optional<String> displayName =
        random.nextInt(10) == 0 ? Optional.empty() : Optional.of(spaced(name));
    return new GeneratedUser(
        email(script, who), password(), displayName, "accepted", OptionalInt.empty());
  }

  private Script script() {
    int lot = random.nextInt(Script.ALL.stream().mapToInt(Script::share).sum());
    for (Script script : Script.ALL) {
      lot -= script.share();
      if (lot < 0) {
        return script;
      }
    }
    throw new IllegalStateException();
  }

  private String email(Script script, int who) {
    String mailbox =
        random.nextInt(12) == 0
            ? script.given().get(who).toLowerCase(Locale.ROOT).replace("\u200c", "")
            : script.romanized().get(who % script.romanized().size());
    String local = unique(mailbox + (random.nextBoolean() ? "." : ""));
    String tagged = random.nextInt(25) == 0 ? local + "+" + pick(WORDS) : local;
    String domain = random.nextInt(15) == 0 ? script.domain() : pick(PROVIDERS);
    return spaced(
        random.nextInt(30) == 0
            ? capitalized(tagged) + "@" + domain.toUpperCase(Locale.ROOT)
            : tagged + "@" + domain);
  }

  /// Adds a number no one has yet, mostly a small one.
  private String unique(String stem) {
    for (int bound = 100; ; bound = Math.min(bound * 10, 1_000_000_000)) {
      String candidate = stem + random.nextInt(bound);
      if (taken.add(Normalizer.normalize(candidate, Normalizer.Form.NFC))) {
        return candidate;
      }
    }
  }

  /// The address of someone before, as another keyboard or another day would spell it.
  private GeneratedUser twin(GeneratedUser user) {
    int back = random.nextInt(Math.min(TWIN_DISTANCE, accepted.size()));
    int line = accepted.get(accepted.size() - 1 - back);
    String email = users.get(line).email().strip();
    return user.twinOf(
        line,
        switch (random.nextInt(3)) {
          case 0 -> capitalized(email);
          case 1 -> Normalizer.normalize(email, Normalizer.Form.NFD);
          default -> "  " + email + "\t";
        });
  }

  private GeneratedUser overLong(GeneratedUser user) {
    String filler = "x".repeat(200 + random.nextInt(200));
    return switch (random.nextInt(4)) {
      case 0 -> user.withEmail(unique("a") + filler + "@example.org", "INVALID_FIELDS");
      case 1 -> user.withEmail(unique("a") + "@" + filler + ".example", "INVALID_FIELDS");
      case 2 -> user.withName(filler, "INVALID_FIELDS");
      default -> user.withPassword(filler.repeat(6), "INVALID_FIELDS");
    };
  }

  private GeneratedUser weak(GeneratedUser user) {
    String local = user.email().strip().split("@", 2)[0];
    return switch (random.nextInt(3)) {
      case 0 -> user.withPassword("abc123", "WEAK_PASSWORD");
      case 1 -> user.withPassword("p4ß語", "WEAK_PASSWORD");
      default ->
          user.withPassword(local.length() < 8 ? local.substring(0, 1) : local, "WEAK_PASSWORD");
    };
  }

  private GeneratedUser unprintable(GeneratedUser user) {
    return user.withName(
        pick(
            List.of(
                "Line\nbreak", "Tab\tbed", "\u202egnorw", "Bell\u0007", "   ", "\u200b", "\ue000")),
        "INVALID_FIELDS");
  }

  private String password() {
    String separator = pick(List.of(" ", "-", ".", "、", " ★ "));
    return pick(WORDS) + separator + pick(WORDS) + separator + random.nextInt(100, 10_000);
  }

  /// Forms add spaces at the ends; they do not count.
  private String spaced(String text) {
    return random.nextInt(50) == 0 ? " " + text + " " : text;
  }

  private static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
