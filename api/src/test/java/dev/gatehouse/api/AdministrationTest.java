package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.walk.Accounts;
import dev.gatehouse.api.walk.Accounts.Account;
import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What administrators, and programs with a key, do with the accounts of others.
class AdministrationTest extends RunningService {
  private static final String CHANGE = "PATCH /v1/users/{id}";

  private Account admin;

  @BeforeAll
  void makeAdministrator() {
    admin = accounts.administrator();
  }

  @Test
  void listsEveryUserOncePageByPage() {
    var wanted = new ArrayList<String>();
    for (int n = 0; n < 7; n++) {
      wanted.add(accounts.fresh().id());
    }

    List<String> seen = walk("/v1/users?limit=3&status=active");

    assertThat(seen).containsAll(wanted).doesNotHaveDuplicates();
    assertThat(walk("/v1/users?limit=2&prefix=WALK-")).containsAll(wanted).doesNotHaveDuplicates();
  }

  @Test
  void findsAUserByAddress() {
    Account account = accounts.fresh();

    assertThat(walk("/v1/users?email=" + account.email())).containsExactly(account.id());
    assertThat(walk("/v1/users?email=nobody@example.org")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=201, limit",
    "limit=ten, limit",
    "status=gone, status",
    "email=ada, email",
    "prefix=, prefix",
    "cursor=, cursor",
    "cursor=%21, cursor",
    "cursor=aQ, cursor",
    "cursor=YWFkYQ, cursor",
    "prefix=a&cursor=aTAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA, cursor"
  })
  void refusesSearchesThatAreNone(String query, String field) {
    CallResponse response = send(asAdmin(Call.of("GET /v1/users")).at("/v1/users?" + query));

    assertThat(response.text("code")).as(response.body()).isEqualTo("INVALID_FIELDS");
    assertThat(fields(response)).containsExactly(field);
  }

  @Test
  void changesEverythingAtOnce() {
    Account account = accounts.fresh();
    String email = Accounts.freshEmail();

    CallResponse response =
        send(
            change(
                account,
                """
                {"display_name":null,"email":"%s","status":"disabled","roles":["billing"]}"""
                    .formatted(email)));

    assertThat(response.status()).as(response.body()).isEqualTo(200);
    assertThat(response.text("email")).isEqualTo(email);
    assertThat(response.text("status")).isEqualTo("disabled");
    assertThat(response.json().required("display_name").isNull()).isTrue();
    assertThat(response.json().required("roles").get(0).stringValue()).isEqualTo("billing");
    assertThat(response.header("ETag")).hasValue("\"2\"");
    assertThat(read(account.accessToken()).text("code")).isEqualTo("INVALID_TOKEN");
    assertThat(accounts.signIn(email, Accounts.PASSWORD).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"status\":\"gone\"}|INVALID_FIELDS|status",
        "{\"status\":null}|INVALID_FIELDS|status",
        "{\"email\":null}|INVALID_FIELDS|email",
        "{\"roles\":null}|INVALID_FIELDS|roles",
        "{\"email_verified\":null}|INVALID_FIELDS|email_verified",
        "{\"email_verified\":\"true\"}|MALFORMED_REQUEST|email_verified",
        "{\"email_verified\":1}|MALFORMED_REQUEST|email_verified",
        "{\"roles\":[\"Admin\"]}|INVALID_FIELDS|roles",
        "{\"roles\":[\"a\",\"a\"]}|INVALID_FIELDS|roles",
        "{\"roles\":\"admin\"}|MALFORMED_REQUEST|roles",
        "{\"roles\":[1]}|MALFORMED_REQUEST|roles",
        "{\"password\":\"x\"}|MALFORMED_REQUEST|password",
        "{\"id\":\"x\"}|MALFORMED_REQUEST|id"
      })
  void refusesChangesThatAreNone(String body, String code, String field) {
    CallResponse response = send(change(accounts.fresh(), body));

    assertThat(response.text("code")).as(response.body()).isEqualTo(code);
    assertThat(fields(response)).containsExactly(field);
  }

  @Test
  void namesEveryFieldAtFault() {
    CallResponse response =
        send(
            change(
                accounts.fresh(),
                "{\"display_name\":\"\",\"email\":\"x\",\"status\":\"x\",\"roles\":[\"\"]}"));

    assertThat(fields(response))
        .containsExactlyInAnyOrder("display_name", "email", "status", "roles");
  }

  @Test
  void changesOnlyTheVersionNamed() {
    Account account = accounts.fresh();
    Call change = change(account, "{\"status\":\"disabled\"}");

    assertThat(send(change.with("If-Match", "\"7\"")).text("code")).isEqualTo("STALE_VERSION");
    assertThat(send(change.with("If-Match", "\"1\"")).status()).isEqualTo(200);
  }

  @Test
  void refusesTheTokensOfWhoLosesTheRightToAdminister() {
    Account other = accounts.administrator();
    Call search = Call.of("GET /v1/users").as(other.accessToken());
    assertThat(send(search).status()).isEqualTo(200);

    assertThat(send(change(other, "{\"roles\":[]}")).status()).isEqualTo(200);

    assertThat(send(search).text("code")).isEqualTo("INVALID_TOKEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"roles\":[]}", "{\"status\":\"disabled\"}"})
  void keepsAdministratorsFromLockingThemselvesOut(String body) {
    assertThat(send(change(admin, body)).text("code")).isEqualTo("FORBIDDEN");
    assertThat(
            send(asAdmin(Call.of("DELETE /v1/users/{id}")).at("/v1/users/" + admin.id()))
                .text("code"))
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void verifiesAnAddressUntilItChanges() {
    Account account = accounts.fresh();

    CallResponse verified = send(change(account, "{\"email_verified\":true}"));
    assertThat(verified.json().required("email_verified").booleanValue()).isTrue();
    assertThat(read(account.accessToken()).status()).isEqualTo(200);

    CallResponse moved =
        send(change(account, "{\"email\":\"%s\"}".formatted(Accounts.freshEmail())));
    assertThat(moved.json().required("email_verified").booleanValue()).isFalse();

    String both = "{\"email\":\"%s\",\"email_verified\":true}".formatted(Accounts.freshEmail());
    assertThat(send(change(account, both)).json().required("email_verified").booleanValue())
        .isTrue();
    assertThat(
            send(change(account, "{\"email_verified\":false}"))
                .json()
                .required("email_verified")
                .booleanValue())
        .isFalse();
  }

  @Test
  void setsAPasswordAndEndsAllSessions() {
    Account account = accounts.fresh();

    assertThat(send(password(account, "an engine of analysis")).status()).isEqualTo(204);

    assertThat(read(account.accessToken()).text("code")).isEqualTo("INVALID_TOKEN");
    assertThat(accounts.signIn(account.email(), Accounts.PASSWORD).status()).isEqualTo(401);
    assertThat(accounts.signIn(account.email(), "an engine of analysis").status()).isEqualTo(201);
  }

  @Test
  void setsNoPasswordThatThePolicyRefuses() {
    Account account = accounts.fresh();

    for (String weak : List.of("short", "password1", account.email())) {
      CallResponse response = send(password(account, weak));
      assertThat(response.text("code")).as(response.body()).isEqualTo("WEAK_PASSWORD");
      assertThat(fields(response)).containsExactly("new_password");
    }
    assertThat(send(password(account, "x".repeat(1025))).text("code")).isEqualTo("INVALID_FIELDS");
    assertThat(read(account.accessToken()).status()).isEqualTo(200);
  }

  @Test
  void keepsAdministratorsToTheCurrentPasswordForTheirOwn() {
    assertThat(send(password(admin, "an engine of analysis")).text("code")).isEqualTo("FORBIDDEN");
    assertThat(send(password(accounts.administrator(), "an engine of analysis")).status())
        .isEqualTo(204);
  }

  @Test
  void deletesAnAccount() {
    Account account = accounts.fresh();
    Call delete = asAdmin(Call.of("DELETE /v1/users/{id}")).at("/v1/users/" + account.id());

    assertThat(send(delete).status()).isEqualTo(204);
    assertThat(send(delete).status()).isEqualTo(404);
    assertThat(read(account.accessToken()).text("code")).isEqualTo("INVALID_TOKEN");
  }

  @Test
  void endsTheSessionsOfAnAccount() {
    Account account = accounts.fresh();
    Call end =
        Call.of("DELETE /v1/users/{id}/sessions")
            .as(accounts.key("users:write"))
            .at("/v1/users/" + account.id() + "/sessions");

    assertThat(send(end).status()).isEqualTo(204);

    assertThat(read(account.accessToken()).text("code")).isEqualTo("INVALID_TOKEN");
    assertThat(accounts.signIn(account.email(), Accounts.PASSWORD).status()).isEqualTo(201);
  }

  private List<String> walk(String path) {
    var seen = new ArrayList<String>();
    String next = path;
    while (!next.isEmpty()) {
      CallResponse page = send(asAdmin(Call.of("GET /v1/users")).at(next));
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      page.json().required("items").forEach(user -> seen.add(user.required("id").stringValue()));
      JsonNode cursor = page.json().required("next_cursor");
      next = cursor.isNull() ? "" : path + "&cursor=" + cursor.stringValue();
    }
    return seen;
  }

  private CallResponse read(String accessToken) {
    return send(Call.of("GET /v1/users/me").as(accessToken));
  }

  private Call change(Account account, String body) {
    return asAdmin(Call.of(CHANGE))
        .at("/v1/users/" + account.id())
        .with("Content-Type", "application/json")
        .raw(body);
  }

  private Call password(Account account, String next) {
    return asAdmin(Call.of("PUT /v1/users/{id}/password"))
        .at("/v1/users/" + account.id() + "/password")
        .json(Map.of("new_password", next));
  }

  private Call asAdmin(Call call) {
    return call.as(admin.accessToken());
  }

  private static Set<String> fields(CallResponse response) {
    return response.json().required("errors").values().stream()
        .map(error -> error.required("field").stringValue())
        .collect(Collectors.toSet());
  }
}
