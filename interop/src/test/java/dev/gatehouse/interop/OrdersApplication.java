package dev.gatehouse.interop;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// An application behind Spring's OAuth2 resource server, everything at its defaults but the
/// decoder: by default Spring takes tokens of the type `JWT` alone, and ours say `at+jwt` (RFC
/// 9068).
@Configuration
@EnableAutoConfiguration
@RestController
class OrdersApplication {
  @Bean
  JwtDecoder decoder(@Value("${orders.issuer}") String issuer) {
    NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer).build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(),
            new JwtIssuerValidator(issuer),
            new JwtAudienceValidator("gatehouse"),
            new JwtTypeValidator("at+jwt")));
    return decoder;
  }

  @GetMapping("/orders")
  String orders(@AuthenticationPrincipal Jwt token) {
    return "orders of " + token.getSubject();
  }
}
