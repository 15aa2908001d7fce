package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.transfer.TransferUseCases;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.app.settings.PasswordConfiguration;
import dev.gatehouse.hashing.ImportedHashes;
import dev.gatehouse.postgres.transfer.PostgresUserExports;
import dev.gatehouse.postgres.transfer.PostgresUserImports;

/// Moves users in and out in bulk, at the command line alone.
final class TransferPart {
  private TransferPart() {}

  static TransferUseCases operating(Platform platform, Users users) {
    var parameters = PasswordConfiguration.hashing(platform.configuration()).parameters();
    return TransferUseCases.over(
        users,
        new PostgresUserImports(platform.database()),
        new PostgresUserExports(platform.database()),
        new ImportedHashes(parameters),
        platform.environment());
  }
}
