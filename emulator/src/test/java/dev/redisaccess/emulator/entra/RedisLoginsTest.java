package dev.redisaccess.emulator.entra;

import static dev.redisaccess.emulator.testing.LocalAzure.DATABASE;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_CLIENT;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_OBJECT;
import static dev.redisaccess.emulator.testing.LocalAzure.NOBODY_OBJECT;
import static dev.redisaccess.emulator.testing.LocalAzure.START;
import static dev.redisaccess.emulator.testing.LocalAzure.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.entra.RedisLogins.RefusedLogin;
import dev.redisaccess.emulator.redis.LoginPolicy;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.OperationFate;
import dev.redisaccess.emulator.state.Principal;
import dev.redisaccess.emulator.state.StartedBy;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisLoginsTest {

    private final LocalAzure azure = new LocalAzure();
    private final List<RefusedLogin> refused = new ArrayList<>();
    private final LoginPolicy logins = new RedisLogins(
            new ArmId(DATABASE), TENANT, azure.tokens, azure.access, azure.clock, refused::add, "the-key"::equals);

    @BeforeEach
    void assign() {
        azure.state
                .redis()
                .putAssignment(
                        new ArmId(DATABASE).child("accessPolicyAssignments", "a"),
                        IDENTITY_OBJECT.toUpperCase(Locale.ROOT),
                        Optional.empty(),
                        new StartedBy("me", OperationFate.COMPLETES));
        azure.clock.advance(Duration.ofMinutes(1));
        azure.feed.settle();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://redis.azure.com", "https://redis.azure.com/", "acca5fbb-b7e4-4009-81f1-37e38fd66d78"})
    void acceptsTheTokenOfAnAssignedPrincipalUntilItExpires(String audience) {
        assertThat(logins.login(IDENTITY_OBJECT, token(azure.tokens, audience)))
                .isEqualTo(new LoginPolicy.Accepted(
                        IDENTITY_OBJECT, START.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(1))));
    }

    @Test
    void acceptsAnAccessKeyOfTheDefaultUserOnly() {
        assertThat(logins.login("default", "the-key")).isEqualTo(new LoginPolicy.Accepted("default", Instant.MAX));
        assertThat(logins.login("default", "another")).isInstanceOf(LoginPolicy.Refused.class);
        assertThat(logins.login(IDENTITY_OBJECT, "the-key")).isInstanceOf(LoginPolicy.Refused.class);
    }

    @Test
    void refusesAnotherAudience() {
        refuses(IDENTITY_OBJECT, token(azure.tokens, "https://management.azure.com/"), "audience");
    }

    @Test
    void refusesAUserThatIsNotTheObjectId() {
        refuses(IDENTITY_CLIENT, redisToken(), "the user is not the token's object id");
    }

    @Test
    void refusesWhatIsNoTokenOfThisAuthority() {
        String token = redisToken();
        refuses(IDENTITY_OBJECT, "open sesame", "no token");
        refuses(IDENTITY_OBJECT, token.substring(0, token.length() - 8) + "AAAAAAAA", "no token");
        AccessTokens others = new AccessTokens(TENANT, new SigningKeys(), azure.clock, TokenLifetimes.ENTRA);
        refuses(IDENTITY_OBJECT, token(others, "https://redis.azure.com"), "no token");
    }

    @Test
    void refusesATokenOfAnotherTenant() {
        AccessTokens others = new AccessTokens(NOBODY_OBJECT, azure.keys, azure.clock, TokenLifetimes.ENTRA);
        refuses(IDENTITY_OBJECT, token(others, "https://redis.azure.com"), "another tenant");
    }

    @Test
    void refusesAnExpiredTokenToTheSecond() {
        String token = redisToken();
        azure.clock.advance(Duration.ofDays(1).minusMillis(1));
        assertThat(logins.login(IDENTITY_OBJECT, token)).isInstanceOf(LoginPolicy.Accepted.class);
        azure.clock.advance(Duration.ofMillis(1));
        refuses(IDENTITY_OBJECT, token, "expired");
    }

    @Test
    void toleratesFiveMinutesBeforeATokenBegins() {
        Clock ahead = Clock.fixed(azure.clock.instant().plus(Duration.ofMinutes(11)), ZoneOffset.UTC);
        String token =
                token(new AccessTokens(TENANT, azure.keys, ahead, TokenLifetimes.ENTRA), "https://redis.azure.com");
        refuses(IDENTITY_OBJECT, token, "not valid before");
        azure.clock.advance(Duration.ofMinutes(1));
        assertThat(logins.login(IDENTITY_OBJECT, token)).isInstanceOf(LoginPolicy.Accepted.class);
    }

    @Test
    void refusesWithoutAnAssignmentInEffect() {
        azure.state
                .redis()
                .deleteAssignment(
                        new ArmId(DATABASE).child("accessPolicyAssignments", "a"),
                        new StartedBy("me", OperationFate.COMPLETES));
        azure.clock.advance(Duration.ofMinutes(1));
        azure.feed.settle();
        refuses(IDENTITY_OBJECT, redisToken(), "no assignment of " + IDENTITY_OBJECT);
    }

    private void refuses(String user, String password, String why) {
        assertThat(logins.login(user, password)).isInstanceOfSatisfying(LoginPolicy.Refused.class, refusal -> {
            assertThat(refusal.why()).contains(why).doesNotContain(password);
            assertThat(refused.get(refused.size() - 1).why()).isEqualTo(refusal.why());
        });
    }

    private String redisToken() {
        return token(azure.tokens, "https://redis.azure.com");
    }

    private String token(AccessTokens tokens, String audience) {
        Principal identity = azure.state.directory().byClientId(IDENTITY_CLIENT).orElseThrow();
        return tokens.issue(identity, audience, AccessTokens.ClientAuthentication.ASSERTION)
                .text();
    }
}
