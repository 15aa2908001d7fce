package dev.gatehouse.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.hashing.argon2.Argon2;
import dev.gatehouse.hashing.argon2.BouncyCastleArgon2;
import dev.gatehouse.hashing.argon2.HashParameters;
import dev.gatehouse.hashing.argon2.PhcArgon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hashes of "correct horse", made by libxcrypt (bcrypt) and OpenSSL (scrypt, PBKDF2).
class ImportedHashesTest {
  private static final Password PASSWORD = new Password("correct horse");
  private static final String BCRYPT =
      "$2b$06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC";
  private static final String PHC =
      "$v=19$m=64,t=3,p=2$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAA";

  private final ImportedHashes imported = new ImportedHashes(CheapHashing.PARAMETERS);
  private final Argon2Format own =
      new Argon2Format(new BouncyCastleArgon2(), CheapHashing.PARAMETERS, new SecureRandom());
  private final StoredFormats formats = StoredFormats.all(own);

  @ParameterizedTest
  @ValueSource(
      strings = {
        BCRYPT,
        "{bcrypt}" + BCRYPT,
        "bcrypt$" + BCRYPT,
        "$2y$06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC",
        "$2a$06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC",
        "bcrypt_sha256$$2b$06$abcdefghijklmnopqrstuu3EU4u.1UVgeGkDujWwknY23.buxm/Ny",
        "$scrypt$ln=14,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$"
            + "JbN2hANm9NOw4h5BRHZnbjzQ6Jr0QwNWojTOC2WgIbU",
        "$scrypt$p=1,ln=14,r=8$AAECAwQFBgcICQoLDA0ODw==$"
            + "JbN2hANm9NOw4h5BRHZnbjzQ6Jr0QwNWojTOC2WgIbU=",
        "$e0801$AAECAwQFBgcICQoLDA0ODw==$JbN2hANm9NOw4h5BRHZnbjzQ6Jr0QwNWojTOC2WgIbU=",
        "{scrypt}$e0801$AAECAwQFBgcICQoLDA0ODw==$JbN2hANm9NOw4h5BRHZnbjzQ6Jr0QwNWojTOC2WgIbU=",
        "scrypt$16384$saltsalt$8$1$WtK9PdpH8vWDdnUFV1FSBL76ZHV+sSF/p+0ht966jbRssGDNNUkvik4o0NlBgD"
            + "+is3k/i7bC9r+13PFuHNR7lA==",
        "pbkdf2_sha256$1000$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZLLwP2Svzmx3yu8OvDdq/J0=",
        "pbkdf2_sha512$1000$saltsalt$+sUSD8jw4f8ns7m9b7kj8PeJLe8lJXO8Am09BLgO79kS"
            + "T9D/Ija5aKINGF5Xg7hkKXw1+fNhBzzJP3eIXcWXww==",
        "$pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg$cBg8D2DungRB9k76szThf5ehfyBz991ay6PT8Srwk4M",
        "$pbkdf2-sha256$i=1000,l=32$MDEyMzQ1Njc4OWFiY2RlZg"
            + "$cBg8D2DungRB9k76szThf5ehfyBz991ay6PT8Srwk4M",
        "$pbkdf2-sha256$l=32,i=1000$MDEyMzQ1Njc4OWFiY2RlZg=="
            + "$cBg8D2DungRB9k76szThf5ehfyBz991ay6PT8Srwk4M=",
        "$pbkdf2-sha256$i=1000$MDEyMzQ1Njc4OWFiY2RlZg"
            + "$cBg8D2DungRB9k76szThf5ehfyBz991ay6PT8Srwk4M",
        "{pbkdf2@SpringSecurity_v5_8}000102030405060708090a0b0c0d0e0f"
            + "714eb4e46d526b82298560f1af99f32b59323cf07d3a1978bf45ba35d7c39861"
      })
  void checksWhatOtherSystemsStored(String encoded) {
    var accepted = imported.accept(encoded).orElseThrow();
    var stored = formats.read(accepted.encoded()).orElseThrow();
    assertThat(stored.matches(PASSWORD)).isTrue();
    assertThat(stored.matches(new Password("correct horsf"))).isFalse();
    assertThat(stored.matches(new Password(""))).isFalse();
    assertThat(stored.outdated()).isTrue();
  }

  @Test
  void marksArgon2OfOtherSystemsAsMadeFromTheRawPassword() {
    var decomposed = new Password("cafe\u0301 au lait");
    String phc = phcOver(decomposed.rawBytes());
    assertThat(imported.accept(phc)).contains(new PasswordHash("{argon2}" + phc));
    assertThat(formats.read("{argon2}" + phc).orElseThrow().matches(decomposed)).isTrue();
    assertThat(formats.read("argon2" + phc).orElseThrow().matches(decomposed)).isTrue();
    assertThat(formats.read(phc).orElseThrow().matches(decomposed)).isFalse();
  }

  @Test
  void takesBackWhatItGaveOut() {
    var decomposed = new Password("Zoe\u0308");
    String ours = own.hash(decomposed);

    String written = imported.write(new PasswordHash(ours));

    assertThat(written).isEqualTo("{gatehouse}" + ours);
    assertThat(imported.accept(written)).contains(new PasswordHash(ours));
    for (String foreign : List.of(BCRYPT, "{argon2}$argon2id" + PHC)) {
      assertThat(imported.write(new PasswordHash(foreign))).isEqualTo(foreign);
      assertThat(imported.accept(foreign)).contains(new PasswordHash(foreign));
    }
  }

  @Test
  void looksAtTheFirst72BytesForBcrypt() {
    var stored =
        formats.read("$2b$06$abcdefghijklmnopqrstuueHLWckpI7Ut91D6aWthlKy4VKsT9yUG").orElseThrow();
    assertThat(stored.matches(new Password("x".repeat(100)))).isTrue();
    assertThat(stored.matches(new Password("x".repeat(72)))).isTrue();
    assertThat(stored.matches(new Password("x".repeat(71)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain text",
        "{noop}secret",
        "{gatehouse}",
        "{gatehouse}" + BCRYPT,
        "{gatehouse}{gatehouse}$argon2id" + PHC,
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/",
        "$2b$15$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC",
        "$2b$31$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC",
        "$2x$06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC",
        "$2b$06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBz",
        "$argon2id$v=19$m=4194304,t=9,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAA",
        "{bcrypt}$argon2id" + PHC,
        "$scrypt$ln=31,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=18,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=14,r=99,p=99$AAECAwQFBgcICQoLDA0ODw$AAAAAAAAAAAAAAAAAAAAAA",
        "$e00801$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAA==",
        "$e0008$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAA==",
        "scrypt$16385$saltsalt$8$1$AAAAAAAAAAAAAAAAAAAAAA==",
        "scrypt$99999999$saltsalt$99$99$AAAAAAAAAAAAAAAAAAAAAA==",
        "pbkdf2_sha256$1500001$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZLLwP2Svzmx3yu8OvDdq/J0=",
        "pbkdf2_sha256$0$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZLLwP2Svzmx3yu8OvDdq/J0=",
        "pbkdf2_sha1$1000$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZLLwP2Svzmx3yu8OvDdq/J0=",
        "$pbkdf2-sha256$9999999$MDEyMzQ1Njc4OWFiY2RlZg$cBg8D2DungRB9k76szThf5ehfyBz991ay6PT8Srwk4M",
        "$pbkdf2-sha256$i=1000,l=31$MDEyMzQ1Njc4OWFiY2RlZg$cBg8D2DungRB9k76szThf5ehfyBz991ay6PT8Srwk4M",
        "$pbkdf2-sha256$l=32$MDEyMzQ1Njc4OWFiY2RlZg$cBg8D2DungRB9k76szThf5ehfyBz991ay6PT8Srwk4M",
        "$scrypt$ln=14,r=8,p=1,r=8$AAECAwQFBgcICQoLDA0ODw$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=14,r=8$AAECAwQFBgcICQoLDA0ODw$AAAAAAAAAAAAAAAAAAAAAA",
        "{pbkdf2@SpringSecurity_v5_8}00"
      })
  void takesInNothingUnknownOrTooCostly(String encoded) {
    assertThat(imported.accept(encoded)).isEmpty();
  }

  /// What node-argon2 writes: `m`, `p`, `t`.
  @ParameterizedTest
  @ValueSource(strings = {"m=64,t=3,p=2", "m=64,p=2,t=3", "p=2,t=3,m=64"})
  void checksArgon2WithParametersInEachOrder(String parameters) {
    String phc = phcOver(PASSWORD.rawBytes()).replace("m=64,t=3,p=2", parameters);
    var accepted = imported.accept(phc).orElseThrow();
    assertThat(formats.read(accepted.encoded()).orElseThrow().matches(PASSWORD)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$argon2id$v=19$m=64,t=3,p=2,keyid=AAAA$c2FsdHNhbHQ$AAAA | secret key",
        "$argon2id$v=19$m=64,data=AAAA,t=3,p=2$c2FsdHNhbHQ$AAAA | associated data",
        "{argon2}$argon2id$v=19$m=64,t=3,p=2,data=AAAA$c2FsdHNhbHQ$AAAA | associated data",
        "$argon2id$v=19$m=4194304,t=9,p=1$c2FsdHNhbHQ$AAAA | Argon2 hash",
        "$2x$06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC | $2x$",
        "$2b$15$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC | cost above 14",
        "$2b$06$abc | bcrypt hash",
        "$scrypt$ln=31,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$AAAA | scrypt hash",
        "pbkdf2_sha1$1000$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZLLwP2Svzmx3yu8OvDdq/J0= | SHA-1",
        "$pbkdf2$1000$c2FsdHNhbHQ$AAAA | SHA-1",
        "{noop}secret | plain text",
        "5f4dcc3b5aa765d61d8327deb882cf99 | without a salt",
        "$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/ | crypt(3)",
        "$6$saltsalt$qjXMvbEw8oaL.CzflDtaK/ | crypt(3)",
        "{SSHA}AAAA | LDAP",
        "whatever | no known form"
      })
  void saysWhyAHashIsRejected(String encoded, String cause) {
    assertThat(imported.accept(encoded)).isEmpty();
    assertThat(imported.fault(encoded)).contains(cause).doesNotContain("AAAA", "5f4d", "qjXM");
  }

  @Test
  void takesInNothingOfHugeLength() {
    assertThat(imported.accept("scrypt$16384$" + "s".repeat(10_000_000))).isEmpty();
  }

  private static String phcOver(byte[] password) {
    var argon2 = new BouncyCastleArgon2();
    var function =
        new Argon2.Function(Argon2.Variant.I, Argon2.VERSION_19, new HashParameters(64, 3, 2));
    byte[] salt = "somesaltsomesalt".getBytes(StandardCharsets.US_ASCII);
    return new PhcArgon2(function, salt, argon2.tag(password, salt, function, 32)).encoded();
  }
}
