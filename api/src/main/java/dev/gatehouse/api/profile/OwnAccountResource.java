package dev.gatehouse.api.profile;

import dev.gatehouse.accounts.profile.ChangePassword;
import dev.gatehouse.accounts.profile.DeleteAccount;
import dev.gatehouse.accounts.profile.UpdateProfile;
import dev.gatehouse.accounts.user.GetUser;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.api.Resource;
import dev.gatehouse.api.access.Access;
import dev.gatehouse.api.access.Caller;
import dev.gatehouse.api.access.Origins;
import dev.gatehouse.api.body.Bodies;
import dev.gatehouse.api.body.PasswordChange;
import dev.gatehouse.api.body.ProfileChange;
import dev.gatehouse.api.conditional.IfMatch;
import dev.gatehouse.api.user.UserDocument;
import dev.gatehouse.api.user.UserDocuments;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.body.MediaType;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// `/v1/users/me`: what users do with their own account.
public final class OwnAccountResource implements Resource {
  private static final String PATH = "/v1/users/me";

  private final UserDocuments documents;
  private final GetUser getUser;
  private final UpdateProfile updateProfile;
  private final ChangePassword changePassword;
  private final DeleteAccount deleteAccount;

  /// @param getUser for those who change what they read
  public OwnAccountResource(
      UserDocuments documents,
      GetUser getUser,
      UpdateProfile updateProfile,
      ChangePassword changePassword,
      DeleteAccount deleteAccount) {
    this.documents = documents;
    this.getUser = getUser;
    this.updateProfile = updateProfile;
    this.changePassword = changePassword;
    this.deleteAccount = deleteAccount;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(PATH, this::read)
            .named("readOwnAccount")
            .access(Access.USERS)
            .immediate(this::readAtOnce),
        Route.patch(PATH, this::change).named("changeOwnAccount").access(Access.USERS),
        Route.delete(PATH, this::delete)
            .named("deleteOwnAccount")
            .access(Access.USERS)
            .consumes(MediaType.JSON),
        Route.put(PATH + "/password", this::password).named("changePassword").access(Access.USERS));
  }

  private Response read(Request request) {
    return documents.self(Caller.signedIn(request).user()).respondTo(request);
  }

  private @Nullable Response readAtOnce(Request request) {
    UserDocument known = documents.peekSelf(Caller.signedIn(request).user()).orElse(null);
    return known == null ? null : known.respondTo(request);
  }

  private Response change(Request request) {
    ProfileChange change = request.json(Bodies::profileChange);
    OptionalLong expected = IfMatch.of(request).expected(() -> self(request).version());
    return UserDocument.response(200, apply(change, expected, request));
  }

  private User apply(ProfileChange change, OptionalLong expected, Request request) {
    var id = Caller.signedIn(request).user();
    return switch (change) {
      case ProfileChange.None _ -> self(request);
      case ProfileChange.Edit(var profile) -> updateProfile.update(id, profile, expected);
      case ProfileChange.Move(var email, var currentPassword) ->
          updateProfile.changeEmail(id, email, currentPassword, expected, Origins.of(request));
    };
  }

  private Response password(Request request) {
    PasswordChange change = request.json(Bodies::passwordChange);
    var claims = Caller.signedIn(request);
    changePassword.change(
        claims.user(), claims.session(), change.current(), change.next(), Origins.of(request));
    return Response.noContent();
  }

  private Response delete(Request request) {
    String currentPassword = request.json(body -> body.requiredString("current_password"));
    deleteAccount.delete(Caller.signedIn(request).user(), currentPassword, Origins.of(request));
    return Response.noContent();
  }

  private User self(Request request) {
    return getUser.self(Caller.signedIn(request).user());
  }
}
