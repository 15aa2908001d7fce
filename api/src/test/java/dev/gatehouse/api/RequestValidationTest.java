package dev.gatehouse.api;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.walk.Accounts.Account;
import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Bodies that are refused, call by call: with which code, and for which fields.
class RequestValidationTest extends RunningService {
  private static final String REGISTER = "POST /v1/users";
  private static final String SIGN_IN = "POST /v1/sessions";
  private static final String CHANGE = "PATCH /v1/users/me";
  private static final String PASSWORD = "PUT /v1/users/me/password";
  private static final String DELETE = "DELETE /v1/users/me";

  private String token;

  record Case(String operation, String why, String body, String code, Set<String> faults) {
    static Case malformed(String operation, String why, String body, String... faults) {
      return new Case(operation, why, body, "MALFORMED_REQUEST", Set.of(faults));
    }

    static Case invalid(String operation, String why, String body, String... faults) {
      return new Case(operation, why, body, "INVALID_FIELDS", Set.of(faults));
    }

    static Case weak(String operation, String why, String body, String... faults) {
      return new Case(operation, why, body, "WEAK_PASSWORD", Set.of(faults));
    }

    @Override
    public String toString() {
      return operation + ": " + why;
    }
  }

  @BeforeAll
  void signIn() {
    Account account = accounts.fresh();
    token = account.accessToken();
  }

  static Stream<Case> shapes() {
    return Stream.of(REGISTER, SIGN_IN, CHANGE, PASSWORD, DELETE)
        .flatMap(
            operation ->
                Stream.of(
                    Case.malformed(operation, "no body", ""),
                    Case.malformed(operation, "no JSON", "email=ada"),
                    Case.malformed(operation, "a list", "[]"),
                    Case.malformed(operation, "null", "null"),
                    Case.malformed(operation, "cut off", "{\"email\":"),
                    Case.malformed(operation, "two objects", "{}{}"),
                    Case.malformed(operation, "a comma too many", "{\"email\":\"a\",}"),
                    Case.malformed(
                        operation, "duplicate name", "{\"email\":\"a\",\"email\":\"b\"}"),
                    Case.malformed(operation, "NUL", "{\"email\":\"a\\u0000\"}"),
                    Case.malformed(operation, "half a character", "{\"email\":\"\\ud800\"}"),
                    Case.malformed(operation, "deep nesting", "[".repeat(5000))));
  }

  static List<Case> registrations() {
    return List.of(
        Case.malformed(
            REGISTER,
            "unknown field",
            "{'email':'a@example.org','password':'long enough','admin':'yes'}",
            "admin unknown"),
        Case.malformed(
            REGISTER,
            "wrong types",
            "{'email':1,'password':true,'display_name':{}}",
            "email wrong_type",
            "password wrong_type",
            "display_name wrong_type"),
        Case.invalid(REGISTER, "nothing", "{}", "email required", "password required"),
        Case.invalid(
            REGISTER,
            "nulls",
            "{'email':null,'password':null}",
            "email required",
            "password required"),
        Case.invalid(
            REGISTER, "no address", "{'email':'ada','password':'long enough'}", "email invalid"),
        Case.invalid(
            REGISTER,
            "over-long address",
            "{'email':'" + "a".repeat(300) + "@example.org','password':'long enough'}",
            "email invalid"),
        Case.invalid(
            REGISTER,
            "over-long password",
            "{'email':'a@example.org','password':'" + "p".repeat(1025) + "'}",
            "password too_long"),
        Case.invalid(
            REGISTER,
            "over-long name",
            "{'email':'a@example.org','password':'long enough','display_name':'"
                + "n".repeat(101)
                + "'}",
            "display_name too_long"),
        Case.invalid(
            REGISTER,
            "everything at once",
            "{'email':'','password':'short','display_name':' '}",
            "email invalid",
            "password too_short",
            "display_name empty"),
        Case.weak(
            REGISTER,
            "short password",
            "{'email':'a@example.org','password':'short'}",
            "password too_short"),
        Case.weak(
            REGISTER,
            "common password",
            "{'email':'a@example.org','password':'password1'}",
            "password too_common"),
        Case.weak(
            REGISTER,
            "the address as password",
            "{'email':'countess@example.org','password':'Countess123'}",
            "password personal"));
  }

  static List<Case> others() {
    return List.of(
        Case.invalid(SIGN_IN, "no password", "{'email':'a@example.org'}", "password required"),
        Case.malformed(SIGN_IN, "wrong type", "{'email':[],'password':'p'}", "email wrong_type"),
        Case.malformed(
            SIGN_IN, "unknown field", "{'email':'','password':'','otp':'1'}", "otp unknown"),
        Case.invalid(CHANGE, "empty name", "{'display_name':''}", "display_name empty"),
        Case.malformed(CHANGE, "wrong type", "{'display_name':7}", "display_name wrong_type"),
        Case.malformed(CHANGE, "a field of others", "{'status':'disabled'}", "status unknown"),
        Case.invalid(CHANGE, "no proof", "{'email':'b@example.org'}", "current_password required"),
        Case.invalid(CHANGE, "no address", "{'current_password':'p'}", "email required"),
        Case.invalid(
            CHANGE,
            "null address",
            "{'email':null,'current_password':'an engine of difference'}",
            "email required"),
        Case.invalid(
            CHANGE,
            "both at once",
            "{'display_name':'A','email':'b@example.org','current_password':'p'}",
            "display_name not_alone"),
        Case.invalid(
            CHANGE,
            "broken address",
            "{'email':'b','current_password':'an engine of difference'}",
            "email invalid"),
        Case.invalid(
            PASSWORD, "nothing", "{}", "current_password required", "new_password required"),
        Case.weak(
            PASSWORD,
            "short",
            "{'current_password':'an engine of difference','new_password':'short'}",
            "new_password too_short"),
        Case.invalid(
            PASSWORD,
            "over-long",
            "{'current_password':'p','new_password':'" + "p".repeat(1025) + "'}",
            "new_password too_long"),
        Case.invalid(DELETE, "nothing", "{}", "current_password required"),
        Case.invalid(DELETE, "null", "{'current_password':null}", "current_password required"));
  }

  @ParameterizedTest
  @MethodSource({"shapes", "registrations", "others"})
  void refuses(Case example) {
    CallResponse response = send(call(example));

    assertThat(response.text("code")).as(response.body()).isEqualTo(example.code());
    if (!example.faults().isEmpty()) {
      assertThat(faults(response)).isEqualTo(example.faults());
    }
  }

  private Call call(Case example) {
    return Call.of(example.operation())
        .as(token)
        .with("Content-Type", "application/json")
        .raw(example.body().replace('\'', '"'));
  }

  private static Set<String> faults(CallResponse response) {
    return response.json().required("errors").values().stream()
        .map(RequestValidationTest::fault)
        .collect(toSet());
  }

  private static String fault(JsonNode error) {
    return error.required("field").stringValue() + ' ' + error.required("code").stringValue();
  }
}
