package dev.gatehouse.accounts.transfer;

import dev.gatehouse.accounts.audit.Environment;
import dev.gatehouse.accounts.password.PortableHashes;
import dev.gatehouse.accounts.user.Users;

/// Moving users in and out in bulk.
public record TransferUseCases(ImportUsers importUsers, ExportUsers exportUsers) {
  /// The use cases on these stores.
  public static TransferUseCases over(
      Users users,
      UserImports imports,
      UserExports exports,
      PortableHashes hashes,
      Environment environment) {
    var audit = environment.audit();
    return new TransferUseCases(
        new ImportUsers(imports, hashes, audit, environment.ids(), environment.time()),
        new ExportUsers(users, exports, hashes, audit));
  }
}
