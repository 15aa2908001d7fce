package dev.gatehouse.api;

import dev.gatehouse.api.administration.UserAdministrationResource;
import dev.gatehouse.api.description.DescriptionResource;
import dev.gatehouse.api.description.DocsResource;
import dev.gatehouse.api.health.HealthResource;
import dev.gatehouse.api.profile.OwnAccountResource;
import dev.gatehouse.api.session.SessionsResource;
import dev.gatehouse.api.token.KeysResource;
import dev.gatehouse.api.token.TokensResource;
import dev.gatehouse.api.user.UsersResource;
import dev.gatehouse.http.Route;
import java.util.List;
import java.util.stream.Stream;

/// The whole API: what is listed here is served, and `openapi.yaml` describes exactly this, except
/// for the pages. Each route says who may call it.
public record Api(
    UsersResource users,
    UserAdministrationResource administration,
    OwnAccountResource ownAccount,
    SessionsResource sessions,
    TokensResource tokens,
    KeysResource keys,
    HealthResource health,
    DescriptionResource description,
    DocsResource docs) {

  /// Those of what is served that are pages and no part of the API: `openapi.yaml` leaves them out.
  List<Route> pages() {
    return docs.routes();
  }

  /// What is served to the world.
  public List<Route> routes() {
    return Stream.of(
            users.routes(),
            administration.routes(),
            ownAccount.routes(),
            sessions.routes(),
            tokens.routes(),
            keys.routes(),
            health.routes(),
            description.routes(),
            docs.routes())
        .flatMap(List::stream)
        .toList();
  }
}
