package dev.redisaccess.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Finding;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private final Map<ConditionType, Finding> reached = new EnumMap<>(ConditionType.class);

    @Test
    void isReadyWhenEveryLinkHolds() {
        Readiness.LINKS.forEach(link -> reached.put(link, Finding.of(Reason.READY, "")));
        assertThat(Readiness.complete(reached).get(ConditionType.READY))
                .extracting(Finding::status, Finding::reason)
                .containsExactly(ConditionStatus.TRUE, Reason.READY);
    }

    @Test
    void aDisabledVerificationDoesNotCountAgainstIt() {
        Readiness.LINKS.forEach(link -> reached.put(link, Finding.of(Reason.READY, "")));
        reached.put(ConditionType.CONNECTION_VERIFIED, Finding.of(Reason.VERIFICATION_DISABLED, ""));
        assertThat(Readiness.complete(reached).get(ConditionType.READY).holds()).isTrue();
    }

    @Test
    void takesReasonAndMessageFromTheBrokenLink() {
        reached.put(ConditionType.DATABASE_RESOLVED, Finding.of(Reason.DATABASE_RUNNING, ""));
        reached.put(ConditionType.IDENTITY_RESOLVED, Finding.of(Reason.CLIENT_ID_MISSING, "Which one?"));
        assertThat(Readiness.complete(reached).get(ConditionType.READY))
                .isEqualTo(new Finding(Reason.CLIENT_ID_MISSING, "IdentityResolved: Which one?"));
    }

    @Test
    void saysOfLinksThatWereNotReachedWhatTheyWaitFor() {
        reached.put(ConditionType.DATABASE_RESOLVED, Finding.of(Reason.DATABASE_RUNNING, ""));
        reached.put(ConditionType.IDENTITY_RESOLVED, Finding.of(Reason.CLIENT_ID_MISSING, ""));
        Finding granted = Readiness.complete(reached).get(ConditionType.ACCESS_GRANTED);
        assertThat(granted).isEqualTo(Finding.of(Reason.NOT_ATTEMPTED, "This condition waits for `IdentityResolved`."));
    }

    @Test
    void isUnknownRatherThanFalseWhereNothingIsKnownToBeWrong() {
        reached.put(ConditionType.DATABASE_RESOLVED, Finding.of(Reason.AZURE_UNAVAILABLE, "down"));
        assertThat(Readiness.complete(reached).get(ConditionType.READY).status())
                .isEqualTo(ConditionStatus.UNKNOWN);
    }

    @Test
    void aKnownFaultWinsOverAnUnknown() {
        Readiness.LINKS.forEach(link -> reached.put(link, Finding.of(Reason.READY, "")));
        reached.put(ConditionType.CONNECTION_VERIFIED, Finding.of(Reason.VERIFYING, ""));
        reached.put(ConditionType.ENVIRONMENT_PUBLISHED, Finding.of(Reason.CONFIG_MAP_NOT_OWNED, "theirs"));
        assertThat(Readiness.complete(reached).get(ConditionType.READY).reason())
                .isEqualTo(Reason.CONFIG_MAP_NOT_OWNED);
    }

    @Test
    void reportsWhatADeletionWaitsForThoughEarlierLinksWereNotEvaluated() {
        reached.put(ConditionType.ACCESS_GRANTED, Finding.of(Reason.REVOKING_ACCESS, "being deleted"));
        assertThat(Readiness.complete(reached).get(ConditionType.READY))
                .isEqualTo(Finding.of(Reason.REVOKING_ACCESS, "AccessGranted: being deleted"));
    }

    @Test
    void showsTheLinksInTheirOrderAndReadyAtTheEnd() {
        assertThat(Readiness.complete(reached).keySet())
                .containsExactly(
                        ConditionType.DATABASE_RESOLVED,
                        ConditionType.IDENTITY_RESOLVED,
                        ConditionType.ACCESS_GRANTED,
                        ConditionType.CONNECTION_VERIFIED,
                        ConditionType.ENVIRONMENT_PUBLISHED,
                        ConditionType.READY);
    }
}
