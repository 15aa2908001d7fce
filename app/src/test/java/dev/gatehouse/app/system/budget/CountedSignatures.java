package dev.gatehouse.app.system.budget;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Gives the JDK's signatures of access tokens and counts their uses.
final class CountedSignatures extends Provider {
  private static final long serialVersionUID = 1;
  private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

  CountedSignatures(Counts counts) {
    super("CountedSignatures", "1", "counts signatures made and checked");
    putService(new CountedService(this, counts));
  }

  /// What has been counted.
  public interface CountsMBean {
    /// Signatures made.
    long getMade();

    /// Signatures checked.
    long getChecked();
  }

  /// What has been counted. Thread-safe.
  public static final class Counts implements CountsMBean {
    private final LongAdder made = new LongAdder();
    private final LongAdder checked = new LongAdder();

    @Override
    public long getMade() {
      return made.sum();
    }

    @Override
    public long getChecked() {
      return checked.sum();
    }
  }

  private static final class CountedService extends Service {
    private final Counts counts;

    CountedService(Provider provider, Counts counts) {
      super(provider, "Signature", ALGORITHM, "-", List.of(), Map.of());
      this.counts = counts;
    }

    @Override
    public Object newInstance(Object parameter) {
      try {
        return new CountedSignature(Signature.getInstance(ALGORITHM, "SunEC"), counts);
      } catch (GeneralSecurityException absent) {
        throw new IllegalStateException(absent);
      }
    }
  }

  private static final class CountedSignature extends SignatureSpi {
    private final Signature signature;
    private final Counts counts;

    CountedSignature(Signature signature, Counts counts) {
      this.signature = signature;
      this.counts = counts;
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      signature.initVerify(key);
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      signature.initSign(key);
    }

    @Override
    protected void engineUpdate(byte next) throws SignatureException {
      signature.update(next);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
      signature.update(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      counts.made.increment();
      return signature.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signed) throws SignatureException {
      counts.checked.increment();
      return signature.verify(signed);
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new InvalidParameterException(name);
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new InvalidParameterException(name);
    }
  }
}
