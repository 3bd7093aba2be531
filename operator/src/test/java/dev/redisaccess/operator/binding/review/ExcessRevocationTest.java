package dev.redisaccess.operator.binding.review;

import static dev.redisaccess.operator.binding.review.ReviewSamples.ALICE;
import static dev.redisaccess.operator.binding.review.ReviewSamples.OTHER;
import static dev.redisaccess.operator.binding.review.ReviewSamples.acknowledgement;
import static dev.redisaccess.operator.binding.review.ReviewSamples.assignment;
import static dev.redisaccess.operator.binding.review.ReviewSamples.own;
import static dev.redisaccess.operator.binding.review.ReviewSamples.principal;
import static dev.redisaccess.operator.binding.review.ReviewSamples.review;
import static dev.redisaccess.operator.binding.review.ReviewSamples.stored;
import static dev.redisaccess.operator.binding.review.ReviewSamples.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AccessRevocation;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.ExcessPolicy;
import dev.redisaccess.operator.api.RevocationLimits;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExcessRevocationTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(3600);
    private static final DatabaseAccessSpec REVOKE = spec(ExcessPolicy.REVOKE, ExcessPolicy.REVOKE, 10);

    private static DatabaseAccessSpec spec(ExcessPolicy unmanaged, ExcessPolicy leftovers, int percent) {
        return new DatabaseAccessSpec(null, null, List.of(), unmanaged, leftovers, new RevocationLimits(600, percent));
    }

    /** Ten assignments, of which the first is looked at: 10 percent is one. */
    private static AccessReview among(Assignment first, List<AccessUse> uses) {
        List<Assignment> all = new ArrayList<>(List.of(first));
        IntStream.range(10, 19).mapToObj(i -> own(principal(i))).forEach(all::add);
        List<AccessUse> others = new ArrayList<>(uses);
        IntStream.range(10, 19).mapToObj(i -> use("b" + i, principal(i))).forEach(others::add);
        return review(all, others, acknowledgement(principal(99), "2027-01-01"));
    }

    private static SeenEntries seen(AccessReview review, Instant since) {
        return SeenEntries.of(
                review.assignments().stream().map(each -> stored(each, since)).toList(), Instant.EPOCH);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void revokesOnlyWhatNothingExplains(
            String name, Assignment assignment, List<AccessUse> uses, DatabaseAccessSpec spec, boolean due) {
        AccessReview review = among(assignment, uses);

        List<AccessRevocation> revocations =
                ExcessRevocation.due(spec, review, seen(review, LONG_AGO), List.of(), any -> true, NOW);

        assertThat(revocations).hasSize(due ? 1 : 0);
    }

    static Stream<Arguments> cases() {
        Assignment foreign = assignment("by-hand", ALICE);
        List<AccessUse> none = List.of();
        return Stream.of(
                Arguments.of("unmanaged", foreign, none, REVOKE, true),
                Arguments.of("leftover", own(ALICE), none, REVOKE, true),
                Arguments.of(
                        "unmanaged, reported only",
                        foreign,
                        none,
                        spec(ExcessPolicy.REPORT, ExcessPolicy.REVOKE, 10),
                        false),
                Arguments.of(
                        "leftover, reported only",
                        own(ALICE),
                        none,
                        spec(ExcessPolicy.REVOKE, ExcessPolicy.REPORT, 10),
                        false),
                Arguments.of("no spec", foreign, none, null, false),
                Arguments.of("bound", own(ALICE), List.of(use("a", ALICE)), REVOKE, false),
                Arguments.of("adopted", foreign, List.of(use("a", ALICE)), REVOKE, false),
                Arguments.of("acknowledged", assignment("by-hand", principal(99)), none, REVOKE, false),
                Arguments.of(
                        "of another installation", assignment(OTHER.assignmentName(ALICE), ALICE), none, REVOKE, false),
                Arguments.of("no object ID", assignment("odd", null), none, REVOKE, false),
                Arguments.of(
                        "being changed", assignment("by-hand", ALICE, ProvisioningState.Updating), none, REVOKE, false),
                Arguments.of(
                        "the share is less than one",
                        foreign,
                        none,
                        spec(ExcessPolicy.REVOKE, ExcessPolicy.REVOKE, 9),
                        false));
    }

    /** Else a policy that says Revoke would never revoke, and nothing would say so. */
    @Test
    void theConditionSaysThatTheShareIsLessThanOne() {
        AccessReview unmanaged = among(assignment("by-hand", ALICE), List.of());
        AccessReview leftover = among(own(ALICE), List.of());
        DatabaseAccessSpec less = spec(ExcessPolicy.REVOKE, ExcessPolicy.REVOKE, 9);
        String sentence =
                "Nothing is revoked: `spec.access.revocation.percentPerHour` of 9 allows none of 10 assignment(s).";

        assertThat(unmanaged.finding(less).message()).endsWith(sentence);
        assertThat(leftover.finding(less).message()).endsWith(sentence);
        assertThat(unmanaged.finding(REVOKE).message()).doesNotContain("Nothing is revoked");
        assertThat(unmanaged
                        .finding(spec(ExcessPolicy.REPORT, ExcessPolicy.REVOKE, 9))
                        .message())
                .doesNotContain("Nothing is revoked");
        assertThat(among(own(ALICE), List.of(use("a", ALICE))).finding(less).message())
                .doesNotContain("Nothing is revoked");
        assertThat(unmanaged.finding(null).message()).doesNotContain("Nothing is revoked");
    }

    @Test
    void waitsForTheGracePeriodOfTheSameKind() {
        AccessReview review = among(assignment("by-hand", ALICE), List.of());
        assertThat(due(review, seen(review, NOW.minusSeconds(599)))).isEmpty();
        assertThat(due(review, seen(review, NOW.minusSeconds(600)))).hasSize(1);
        assertThat(due(review, SeenEntries.NONE)).isEmpty();

        AccessReview bound = among(assignment("by-hand", ALICE), List.of(use("a", ALICE)));
        assertThat(due(review, seen(bound, LONG_AGO))).isEmpty();

        AccessReview another = among(assignment("by-hand", principal(5)), List.of());
        assertThat(due(review, seen(another, LONG_AGO))).isEmpty();
    }

    @Test
    void leavesAPrincipalAloneWhoseAccessIsChanging() {
        AccessReview review = among(assignment("by-hand", ALICE), List.of());
        assertThat(ExcessRevocation.due(REVOKE, review, seen(review, LONG_AGO), List.of(), any -> false, NOW))
                .isEmpty();
    }

    private static List<AccessRevocation> due(AccessReview review, SeenEntries seen) {
        return ExcessRevocation.due(REVOKE, review, seen, List.of(), any -> true, NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10, 0, 1",
        "19, 10, 0, 1",
        "100, 10, 0, 10",
        "100, 10, 4, 6",
        "100, 10, 10, 0",
        "100, 10, 12, 0",
        "5000, 100, 0, 100",
        "9, 10, 0, 0"
    })
    void keepsTheShareOfAnyHour(int total, int percent, int before, int expected) {
        AccessReview review = review(
                IntStream.range(0, total)
                        .mapToObj(i -> assignment("by-hand" + i, principal(i)))
                        .toList(),
                List.of());
        List<AccessRevocation> recorded = Stream.concat(
                        IntStream.range(0, 50).mapToObj(i -> revoked(i, NOW.minusSeconds(4200))),
                        IntStream.range(0, before).mapToObj(i -> revoked(i, NOW.minusSeconds(4199))))
                .toList();

        assertThat(ExcessRevocation.due(
                        spec(ExcessPolicy.REVOKE, ExcessPolicy.REVOKE, percent),
                        review,
                        seen(review, LONG_AGO),
                        recorded,
                        any -> true,
                        NOW))
                .hasSize(expected);
    }

    private static AccessRevocation revoked(int number, Instant at) {
        return new AccessRevocation(
                principal(number).value(), "a" + number, AssignmentKind.UNMANAGED, at.toString(), at.toString());
    }

    @Test
    void aReportKeepsEveryRevocationOfAnHour() {
        List<AccessRevocation> many =
                IntStream.range(0, 300).mapToObj(i -> revoked(i, NOW)).toList();
        assertThat(ExcessRevocation.latest(many)).hasSize(200).endsWith(many.get(299));
        assertThat(ExcessRevocation.MOST_RECORDED).isGreaterThan(ExcessRevocation.MOST_PER_HOUR);
    }
}
