package dev.redisaccess.operator.binding.review;

import static dev.redisaccess.operator.binding.review.ReviewSamples.ALICE;
import static dev.redisaccess.operator.binding.review.ReviewSamples.BOB;
import static dev.redisaccess.operator.binding.review.ReviewSamples.MARK;
import static dev.redisaccess.operator.binding.review.ReviewSamples.OTHER;
import static dev.redisaccess.operator.binding.review.ReviewSamples.acknowledgement;
import static dev.redisaccess.operator.binding.review.ReviewSamples.assignment;
import static dev.redisaccess.operator.binding.review.ReviewSamples.limited;
import static dev.redisaccess.operator.binding.review.ReviewSamples.notOffered;
import static dev.redisaccess.operator.binding.review.ReviewSamples.own;
import static dev.redisaccess.operator.binding.review.ReviewSamples.refused;
import static dev.redisaccess.operator.binding.review.ReviewSamples.review;
import static dev.redisaccess.operator.binding.review.ReviewSamples.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.Acknowledgement;
import dev.redisaccess.operator.api.AcknowledgementExpiry;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccessClassifierTest {

    private static final List<AccessUse> NO_BINDING = List.of();
    private static final List<AccessUse> BOUND = List.of(use("orders", ALICE));
    private static final Acknowledgement VALID = acknowledgement(ALICE, "2027-03-31");
    private static final Acknowledgement TODAY = acknowledgement(ALICE, "2026-11-28");
    private static final Acknowledgement YESTERDAY = acknowledgement(ALICE, "2026-11-27");

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void hasExactlyOneKind(
            String name, Assignment assignment, List<AccessUse> uses, List<Acknowledgement> entries, String expected) {
        AccessReview review = review(List.of(assignment), uses, entries.toArray(Acknowledgement[]::new));

        assertThat(review.assignments().stream()
                        .map(reviewed -> reviewed.kind().text())
                        .toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    static Stream<Arguments> cases() {
        Assignment foreign = assignment("by-terraform", ALICE);
        Assignment restricted = new Assignment(
                "by-terraform",
                Optional.of(ALICE),
                Access.restricted("+@read ~*"),
                ProvisioningState.Succeeded,
                Optional.empty());
        Assignment hidden = new Assignment(
                "by-terraform", Optional.of(ALICE), Access.unknown(), ProvisioningState.Succeeded, Optional.empty());
        Assignment upperCase = assignment(MARK.assignmentName(ALICE).toUpperCase(Locale.ROOT), ALICE);
        return Stream.of(
                of("ours, bound", own(ALICE), BOUND, List.of(), "Bound"),
                of("ours, in upper case", upperCase, BOUND, List.of(), "Bound"),
                of("ours, failed", moving(ProvisioningState.Failed), BOUND, List.of(), "Bound"),
                of("ours, being created", moving(ProvisioningState.Creating), BOUND, List.of(), "Bound"),
                of(
                        "ours, being deleted for a binding that is deleted",
                        moving(ProvisioningState.Deleting),
                        BOUND,
                        List.of(),
                        "Bound"),
                of("ours, being deleted, no binding", moving(ProvisioningState.Deleting), NO_BINDING, List.of(), ""),
                of("of others, for a binding", foreign, BOUND, List.of(), "Adopted"),
                of("of others, narrower than the binding can use", restricted, BOUND, List.of(), "Adopted"),
                of(
                        "of another installation, for a binding",
                        assignment(OTHER.assignmentName(ALICE), ALICE),
                        BOUND,
                        List.of(),
                        "Adopted"),
                of("ours, of a profile", own(ALICE), List.of(limited("orders", ALICE)), List.of(), "Bound"),
                of(
                        "ours, of a profile that does not exist",
                        own(ALICE),
                        List.of(notOffered("orders", ALICE)),
                        List.of(),
                        "Leftover"),
                of(
                        "ours, one of its bindings requests what does not exist",
                        own(ALICE),
                        List.of(notOffered("orders", ALICE), limited("billing", ALICE)),
                        List.of(),
                        "Bound"),
                of("ours, refused by Entra", own(ALICE), List.of(refused("orders", ALICE)), List.of(), "Leftover"),
                of(
                        "of others, full, for a binding with a profile",
                        foreign,
                        List.of(limited("orders", ALICE)),
                        List.of(),
                        "Unmanaged"),
                of(
                        "of others, full, for a binding with a profile that does not exist",
                        foreign,
                        List.of(notOffered("orders", ALICE)),
                        List.of(),
                        "Unmanaged"),
                of(
                        "of others, full, acknowledged, for a binding with a profile",
                        foreign,
                        List.of(limited("orders", ALICE)),
                        List.of(VALID),
                        "Acknowledged"),
                of(
                        "of others, full, of a binding that Entra refuses",
                        foreign,
                        List.of(refused("orders", ALICE)),
                        List.of(),
                        "Adopted"),
                of(
                        "of others, restricted, for a binding with a profile",
                        restricted,
                        List.of(limited("orders", ALICE)),
                        List.of(),
                        "Adopted"),
                of(
                        "of others, access not shown, for a binding with a profile",
                        hidden,
                        List.of(limited("orders", ALICE)),
                        List.of(),
                        "Adopted"),
                of("a binding precedes an acknowledgement", own(ALICE), BOUND, List.of(VALID), "Bound"),
                of(
                        "a binding without identity explains nothing",
                        own(ALICE),
                        List.of(use("new")),
                        List.of(),
                        "Leftover"),
                of(
                        "a binding of another principal explains nothing",
                        own(ALICE),
                        List.of(use("billing", BOB)),
                        List.of(),
                        "Leftover"),
                of(
                        "a binding with a former identity",
                        own(ALICE),
                        List.of(use("orders", BOB, ALICE)),
                        List.of(),
                        "Bound"),
                of("acknowledged", foreign, NO_BINDING, List.of(VALID), "Acknowledged"),
                of("acknowledged until today", foreign, NO_BINDING, List.of(TODAY), "Acknowledged"),
                of("an acknowledgement precedes our mark", own(ALICE), NO_BINDING, List.of(VALID), "Acknowledged"),
                of("acknowledged until yesterday", foreign, NO_BINDING, List.of(YESTERDAY), "Unmanaged"),
                of("ours, acknowledged until yesterday", own(ALICE), NO_BINDING, List.of(YESTERDAY), "Leftover"),
                of(
                        "another principal is acknowledged",
                        foreign,
                        NO_BINDING,
                        List.of(acknowledgement(BOB, "2027-01-01")),
                        "Unmanaged"),
                of(
                        "a day that does not exist",
                        foreign,
                        NO_BINDING,
                        List.of(acknowledgement(ALICE, "2027-02-31")),
                        "Unmanaged"),
                of("twice, one has ended", foreign, NO_BINDING, List.of(YESTERDAY, VALID), "Acknowledged"),
                of("ours, no binding", own(ALICE), NO_BINDING, List.of(), "Leftover"),
                of(
                        "our name, another principal",
                        assignment(MARK.assignmentName(ALICE), BOB),
                        NO_BINDING,
                        List.of(),
                        "Unmanaged"),
                of(
                        "of another installation",
                        assignment(OTHER.assignmentName(ALICE), ALICE),
                        NO_BINDING,
                        List.of(),
                        "Unmanaged"),
                of("no object ID", assignment("odd", null), BOUND, List.of(VALID), "Unmanaged"),
                of("of others", foreign, NO_BINDING, List.of(), "Unmanaged"));
    }

    private static Arguments of(Object... values) {
        return Arguments.of(values);
    }

    private static Assignment moving(ProvisioningState state) {
        return assignment(MARK.assignmentName(ALICE), ALICE, state);
    }

    @Test
    void anEntryThatNoBindingExplainsNamesItsBindingsAndSaysWhy() {
        AccessEntry leftover = review(List.of(own(ALICE)), List.of(notOffered("orders", ALICE)))
                .assignments()
                .get(0)
                .entry();
        assertThat(leftover.bindings()).containsExactly("shop/orders");
        assertThat(leftover.reason()).contains("the database does not offer");
        AccessEntry unmanaged = review(List.of(assignment("by-terraform", ALICE)), List.of(limited("orders", ALICE)))
                .assignments()
                .get(0)
                .entry();
        assertThat(unmanaged.bindings()).containsExactly("shop/orders");
        assertThat(unmanaged.reason()).contains("full access");
    }

    @Test
    void anAcknowledgementOfWhatABindingMustNotHaveIsNotSuperfluous() {
        List<Assignment> full = List.of(assignment("by-terraform", ALICE));
        assertThat(review(full, List.of(limited("orders", ALICE)), VALID)
                        .finding(null)
                        .message())
                .doesNotContain("remove");
        assertThat(review(full, BOUND, VALID).finding(null).message()).contains("remove");
    }

    @Test
    void severalAssignmentsOfOnePrincipalHaveEachTheirOwn() {
        AccessReview review = review(List.of(own(ALICE), assignment("by-hand", ALICE), own(BOB)), BOUND);

        assertThat(review.assignments())
                .extracting(ReviewedAssignment::kind)
                .containsExactly(AssignmentKind.BOUND, AssignmentKind.ADOPTED, AssignmentKind.LEFTOVER);
        assertThat(review.counts(MARK).total()).isEqualTo(3);
    }

    @Test
    void anEntryListsAtMostTenBindingsAndCountsAll() {
        List<AccessUse> many =
                IntStream.range(10, 23).mapToObj(i -> use("orders-" + i, ALICE)).toList();

        AccessEntry entry =
                review(List.of(own(ALICE)), many).assignments().get(0).entry();

        assertThat(entry.bindings()).hasSize(10).startsWith("shop/orders-10");
        assertThat(entry.bindingCount()).isEqualTo(13);
        assertThat(entry.countOfBindings()).isEqualTo(13);
        assertThat(entry.serviceAccounts()).containsExactly("shop/orders");
    }

    @Test
    void theLongestNamesLeaveRoomForAPageInEtcd() {
        List<AccessUse> many = IntStream.range(10, 23)
                .mapToObj(i -> use("x".repeat(250) + i, ALICE))
                .toList();

        AccessEntry entry =
                review(List.of(own(ALICE)), many).assignments().get(0).entry();

        assertThat(entry.bindings()).hasSizeBetween(1, 4);
        assertThat(entry.countOfBindings()).isEqualTo(13);
    }

    @Test
    void anEndIsNearAWeekBeforeAndOnTheDay() {
        assertThat(expiry("2026-12-06")).isEmpty();
        assertThat(expiry("2026-12-05")).contains(AcknowledgementExpiry.SOON);
        assertThat(expiry("2026-11-28")).contains(AcknowledgementExpiry.SOON);
        assertThat(expiry("2026-11-27")).contains(AcknowledgementExpiry.EXPIRED);
    }

    private static Optional<AcknowledgementExpiry> expiry(String until) {
        return review(List.of(assignment("by-hand", ALICE)), NO_BINDING, acknowledgement(ALICE, until))
                .assignments()
                .get(0)
                .expiry();
    }

    @Test
    void theConditionSaysWhatIsWrong() {
        assertThat(review(List.of(own(ALICE)), BOUND).finding(null).reason()).isEqualTo(Reason.ACCESS_EXPLAINED);
        assertThat(review(List.of(own(ALICE)), NO_BINDING).finding(null).holds())
                .isTrue();
        assertThat(review(List.of(own(ALICE)), BOUND, VALID).finding(null).message())
                .contains("remove them from `spec.access.acknowledged`", ALICE.value());
        assertThat(review(List.of(assignment("by-hand", BOB)), BOUND).finding(null))
                .satisfies(finding -> assertThat(finding.reason()).isEqualTo(Reason.UNMANAGED_ACCESS))
                .satisfies(finding -> assertThat(finding.message()).contains("1 of 1", BOB.value()));
        assertThat(review(List.of(own(ALICE)), NO_BINDING, YESTERDAY)
                        .finding(null)
                        .reason())
                .isEqualTo(Reason.ACKNOWLEDGEMENT_EXPIRED);
    }
}
