package dev.gatehouse.testkit.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.accounts.flow.CodeHashes;
import dev.gatehouse.accounts.flow.FlowCode;
import dev.gatehouse.accounts.flow.SecretHash;
import dev.gatehouse.accounts.id.FlowId;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256 of codes under a key that is the same in all tests.
public final class KeyedCodeHashes implements CodeHashes {
  private static final SecretKeySpec KEY =
      new SecretKeySpec("key of tests".getBytes(UTF_8), "HmacSHA256");

  @Override
  public SecretHash of(FlowId flow, FlowCode code) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(KEY);
      return new SecretHash(mac.doFinal((flow + " " + code.digits()).getBytes(UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
