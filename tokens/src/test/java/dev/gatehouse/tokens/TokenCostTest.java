package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.tokens.TokenFixture.Instance;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What tokens cost in processor time, on one thread, best of several rounds. The figures are
/// printed; the assertions leave room for slow machines.
@Tag("evidence")
class TokenCostTest {
  private static final int ROUNDS = 8;

  private final TokenFixture fixture = new TokenFixture();
  private final Instance issuer =
      fixture.instance(fixture.store, InstantSource.system(), TokenFixture.SETTINGS);

  @Test
  void measuresRememberedTokens() {
    var tokens = new ArrayList<String>();
    IntStream.range(0, 1000).forEach(_ -> tokens.add(issuer.issue()));
    byte[][] sent =
        tokens.stream().map(t -> t.getBytes(StandardCharsets.ISO_8859_1)).toArray(byte[][]::new);

    double nanos =
        nanosEach(
            "remembered token, new string each time",
            1_000_000,
            i ->
                issuer.tokens.verify(
                    new String(sent[i % sent.length], StandardCharsets.ISO_8859_1)));

    assertThat(nanos).isLessThan(2_000);
  }

  @Test
  void measuresSignaturesBesideTheLibrarys() throws JOSEException, ParseException {
    Instance other = fixture.instance(fixture.store, InstantSource.system(), TokenFixture.SETTINGS);
    String token = issuer.issue();
    SignedJWT jwt = SignedJWT.parse(token);
    var pair = Es256.generate(TokenFixture.RANDOM);
    var signer = new ECDSASigner((ECPrivateKey) pair.getPrivate());
    byte[] input = jwt.getSigningInput();
    byte[] signature = Es256.sign(pair.getPrivate(), input);
    var verifier = new ECDSAVerifier((ECPublicKey) pair.getPublic());
    var encoded = Base64URL.encode(signature);

    double issue = nanosEach("issue", 500, _ -> issuer.issue());
    nanosEach("sign, JDK", 500, _ -> Es256.sign(pair.getPrivate(), input));
    nanosEach("sign, Nimbus", 500, _ -> quietly(() -> signer.sign(jwt.getHeader(), input)));
    double first = nanosEach("first verification", 500, _ -> anew(other, token));
    nanosEach("verify, JDK", 500, _ -> Es256.verify(pair.getPublic(), input, signature));
    nanosEach(
        "verify, Nimbus",
        2000,
        _ -> quietly(() -> verifier.verify(jwt.getHeader(), input, encoded)));

    assertThat(issue).isLessThan(5_000_000);
    assertThat(first).isLessThan(5_000_000);
  }

  @Test
  void refusesEveryForgeryWithinFiveMilliseconds() {
    Instance fixed = fixture.instance();
    var forger = new Forger(fixed, fixed.issue());

    Forgeries.all()
        .forEach(
            forgery -> {
              String forged = quietly(() -> forgery.of(forger));
              double nanos = nanosEach(forgery.name(), 50, _ -> refused(fixed, forged));
              assertThat(nanos).as(forgery.name()).isLessThan(5_000_000);
            });
  }

  private static Object anew(Instance instance, String token) {
    instance.verified.forget(token);
    return instance.tokens.verify(token);
  }

  private static Object refused(Instance instance, String token) {
    try {
      return instance.tokens.verify(token);
    } catch (Refusal expected) {
      return expected;
    }
  }

  private static double nanosEach(String what, int times, Work work) {
    double best = Double.MAX_VALUE;
    long seen = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = cpuNanos();
      for (int i = 0; i < times; i++) {
        seen += work.run(i).hashCode() & 1;
      }
      best = Math.min(best, (cpuNanos() - start) / (double) times);
    }
    System.out.printf("%-45s %,12.0f ns (%d)%n", what, best, seen & 1);
    return best;
  }

  /// Processor time, so that what else the machine does hardly shows.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static <T> T quietly(Failing<T> failing) {
    try {
      return failing.run();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @FunctionalInterface
  private interface Work {
    Object run(int index);
  }

  @FunctionalInterface
  private interface Failing<T> {
    T run() throws Exception;
  }
}
