package dev.gatehouse.http.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Server keys that can be replaced while handshakes go on. A handshake asks for an alias first and
/// for what it represents later; aliases therefore name the generation they belong to, and the one
/// before the current is still known. Thread-safe.
final class ReloadableKeyManager extends X509ExtendedKeyManager {
  private static final char SEPARATOR = ':';

  private record Generation(int number, X509ExtendedKeyManager keys) {
    @Nullable String named(@Nullable String alias) {
      return alias == null ? null : number + String.valueOf(SEPARATOR) + alias;
    }

    boolean has(String alias) {
      return alias.startsWith(number + String.valueOf(SEPARATOR));
    }
  }

  private record Generations(Generation current, Generation previous) {
    Generation of(String alias) {
      return previous.has(alias) ? previous : current;
    }
  }

  private volatile Generations generations;

  ReloadableKeyManager(X509ExtendedKeyManager keys) {
    var first = new Generation(0, keys);
    generations = new Generations(first, first);
  }

  /// Called by one thread.
  void replace(X509ExtendedKeyManager keys) {
    Generation before = generations.current();
    generations = new Generations(new Generation(before.number() + 1, keys), before);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    Generation current = generations.current();
    return current.named(current.keys().chooseEngineServerAlias(keyType, issuers, engine));
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    Generation current = generations.current();
    return current.named(current.keys().chooseServerAlias(keyType, issuers, socket));
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return generations.of(alias).keys().getCertificateChain(bare(alias));
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return generations.of(alias).keys().getPrivateKey(bare(alias));
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    Generation current = generations.current();
    String[] aliases = current.keys().getServerAliases(keyType, issuers);
    if (aliases == null) {
      return null;
    }
    var named = new String[aliases.length];
    for (int index = 0; index < aliases.length; index++) {
      named[index] = current.number() + String.valueOf(SEPARATOR) + aliases[index];
    }
    return named;
  }

  /// We are never the client.
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }

  private static String bare(String alias) {
    return alias.substring(alias.indexOf(SEPARATOR) + 1);
  }
}
