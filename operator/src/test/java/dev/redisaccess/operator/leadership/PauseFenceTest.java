package dev.redisaccess.operator.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.port.ControlPlane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PauseFenceTest {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private boolean leads;
    private final PauseFence fence = new PauseFence(LONGEST, () -> leads);
    private final List<String> changes = new ArrayList<>();

    @Test
    void isOpenWhileTimePassesAsItShould() {
        fence.tick(System.nanoTime());
        assertThat(fence.open()).isTrue();
    }

    @Test
    void closesAfterAPauseAndOpensWhenTheProcessStillLeads() {
        long later = System.nanoTime() + LONGEST.multipliedBy(3).toNanos();
        fence.tick(later);
        fence.tick(later + 1);
        assertThat(fence.open()).isFalse();
        leads = true;
        fence.tick(later + 2);
        assertThat(fence.open()).isTrue();
    }

    /** The thread that ticks may be the last to continue. */
    @Test
    void isClosedBeforeTheFirstTickAfterTheStop() throws InterruptedException {
        var brief = new PauseFence(Duration.ofMillis(20), () -> true);
        Thread.sleep(60);
        assertThat(brief.open()).isFalse();
    }

    @Test
    void whatChangesAzureIsHeldBackAndWhatReadsIsNot() {
        var id = new DatabaseId("11111111-1111-1111-1111-111111111111", "shop", "orders");
        var principal = new ObjectId("aaaaaaaa-0000-0000-0000-000000000001");
        ControlPlane fenced = new FencedControlPlane(recording(), () -> leads);
        assertThat(fenced.writeAssignment(id, "name", principal, Optional.empty()))
                .satisfies(result -> assertThat(
                                ((Result.Failed<Assignment>) result).problem().reason())
                        .isEqualTo(Reason.AZURE_UNAVAILABLE));
        fenced.deleteAssignment(id, principal.value());
        assertThat(changes).isEmpty();
        assertThat(fenced.listAssignments(id)).isInstanceOf(Result.Ok.class);

        leads = true;
        fenced.deleteAssignment(id, principal.value());
        assertThat(changes).containsExactly("delete");
    }

    private ControlPlane recording() {
        return new ControlPlane() {
            @Override
            public Result<Database> readDatabase(DatabaseId id) {
                throw new AssertionError("not called");
            }

            @Override
            public Result<List<Assignment>> listAssignments(DatabaseId id) {
                return Result.ok(List.of());
            }

            @Override
            public Result<Optional<Assignment>> readAssignment(DatabaseId id, String assignmentName) {
                return Result.ok(Optional.empty());
            }

            @Override
            public Result<Assignment> writeAssignment(
                    DatabaseId id, String assignmentName, ObjectId objectId, Optional<AccessString> accessString) {
                throw new AssertionError("must not get here");
            }

            @Override
            public Result<Boolean> deleteAssignment(DatabaseId id, String assignmentName) {
                changes.add("delete");
                return Result.ok(false);
            }
        };
    }
}
