package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.testkit.accounts.Sample;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UserCodecTest {
  @ParameterizedTest
  @MethodSource("users")
  void readsBackWhatItWrote(User user) {
    assertThat(UserCodec.decode(UserCodec.encode(user))).isEqualTo(user);
  }

  @Test
  void readsEntriesOfFormat1WhileTheProfileHasOneField() {
    byte[] encoded =
        HexFormat.of()
            .parseHex(
                "01019a4d3c3f7e7b1a8c526d0e9f1a2b3c0700000000000000070000000069a42a400000"
                    + "00000000000069a42a400001d4c0000f416461406578616d706c652e6f7267000f6164"
                    + "61406578616d706c652e6f726700045a6fc3ab01000561646d696eac5739f9");

    if (Profile.Field.values().length == 1) {
      assertThat(UserCodec.decode(encoded).profile().text(Profile.Field.DISPLAY_NAME))
          .contains("Zoë");
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> UserCodec.decode(encoded));
    }
  }

  static Stream<User> users() {
    User plain = Sample.user();
    var everything =
        new User(
            plain.id(),
            plain.email(),
            Profile.stored(_ -> Optional.of("\uD83D\uDC69\u200D\uD83D\uDE80".repeat(30))),
            true,
            UserStatus.DISABLED,
            Set.of(Role.ADMIN, new Role("billing"), new Role("r" + "0".repeat(31))),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Sample.NOON.plusNanos(1_000),
            Long.MAX_VALUE - 1);
    return Stream.of(plain, plain.with(Profile.EMPTY), everything);
  }

  @Test
  void isCompact() {
    assertThat(UserCodec.encode(Sample.user())).hasSizeLessThan(200);
  }

  @Test
  void refusesEveryBitThatIsFlipped() {
    byte[] whole = UserCodec.encode(Sample.user());
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThatIllegalArgumentException().isThrownBy(() -> UserCodec.decode(flipped));
    }
  }

  @Test
  void refusesEveryPartOfAUserAndWhatFollowsOne() {
    byte[] whole = UserCodec.encode(Sample.user());

    IntStream.range(0, whole.length)
        .forEach(
            length ->
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> UserCodec.decode(Arrays.copyOf(whole, length))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UserCodec.decode(Arrays.copyOf(whole, whole.length + 1)));
  }

  @Test
  void refusesNoise() {
    var random = new Random(3);
    for (int run = 0; run < 10_000; run++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);

      assertThatIllegalArgumentException().isThrownBy(() -> UserCodec.decode(noise));
    }
  }
}
