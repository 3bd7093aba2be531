package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.ControlPlane;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads all assignments of one database: once in a period for the watch, and for the lane before a write if the last LIST is
 * too old. Safe for use by many threads.
 */
final class InventoryReader {

    /** Requests that a LIST may cost in addition. */
    private static final int MOST_UNLISTED = 10;

    private final DatabaseId database;
    private final ControlPlane controlPlane;
    private final AssignmentCache known;
    private final Consumer<Set<ObjectId>> changed;

    /** @param changed called after a {@link #refresh}, with the principals whose assignments it changed */
    InventoryReader(
            DatabaseId database, ControlPlane controlPlane, AssignmentCache known, Consumer<Set<ObjectId>> changed) {
        this.database = database;
        this.controlPlane = controlPlane;
        this.known = known;
        this.changed = changed;
    }

    /** Reads; the result is the principals whose assignments differ from what was known. */
    Result<Set<ObjectId>> read() {
        long version = known.version();
        return controlPlane
                .listAssignments(database)
                .flatMap(listed -> withUnlisted(listed, version))
                .map(found -> known.replace(found, version));
    }

    /** Reads if the last LIST is too old for a write; the result is the problem if that failed. */
    Optional<Problem> refresh() {
        if (known.isFresh()) {
            return Optional.empty();
        }
        Result<Set<ObjectId>> concerned = read();
        concerned.toOptional().filter(principals -> !principals.isEmpty()).ifPresent(changed);
        return concerned.toProblem();
    }

    /**
     * A LIST may lack an assignment for a while after it was created. So one that is known and not listed is read by its name,
     * before a binding that works is reported to have lost its access. Where more are missing, the LIST counts: then the
     * database was cleared.
     */
    private Result<List<Assignment>> withUnlisted(List<Assignment> listed, long version) {
        List<String> missing = known.missingFrom(listed, version);
        if (missing.size() > MOST_UNLISTED) {
            return Result.ok(listed);
        }
        Result<List<Assignment>> all = Result.ok(listed);
        for (String name : missing) {
            all = all.flatMap(
                    found -> controlPlane.readAssignment(database, name).map(unlisted -> with(found, unlisted)));
        }
        return all;
    }

    private static List<Assignment> with(List<Assignment> listed, Optional<Assignment> unlisted) {
        return Stream.concat(listed.stream(), unlisted.stream()).toList();
    }
}
