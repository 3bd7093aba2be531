package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.ControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads all assignments of one database into what is known of them: once in a period for the watch, and for the lane before
 * it writes on old knowledge. Safe for use by many threads.
 */
final class InventoryReader {

    /** A reading costs at most so many more requests. */
    private static final int MOST_UNLISTED = 10;

    private final DatabaseId database;
    private final ControlPlane controlPlane;
    private final KnownAssignments known;
    private final Consumer<Set<ObjectId>> changed;

    /** @param changed called after a reading of the lane's, with the principals whose assignments it changed */
    InventoryReader(
            DatabaseId database, ControlPlane controlPlane, KnownAssignments known, Consumer<Set<ObjectId>> changed) {
        this.database = database;
        this.controlPlane = controlPlane;
        this.known = known;
        this.changed = changed;
    }

    /** The principals whose assignments the reading changed. */
    Result<Set<ObjectId>> read() {
        long askedAt = known.asking();
        Result<List<Assignment>> list = controlPlane.listAssignments(database);
        if (list instanceof Result.Failed<List<Assignment>> failed) {
            return Result.failed(failed.problem());
        }
        List<Assignment> listed = new ArrayList<>(((Result.Ok<List<Assignment>>) list).value());
        Optional<Problem> unsure = addUnlisted(listed, askedAt);
        return unsure.<Result<Set<ObjectId>>>map(Result::failed)
                .orElseGet(() -> Result.ok(known.listed(listed, askedAt)));
    }

    /** Reads if what is known is too old to write on it. What is wrong, if it could not be read. */
    Optional<Problem> refresh() {
        if (known.isFresh()) {
            return Optional.empty();
        }
        Result<Set<ObjectId>> read = read();
        if (read instanceof Result.Failed<Set<ObjectId>> failed) {
            return Optional.of(failed.problem());
        }
        Set<ObjectId> concerned = ((Result.Ok<Set<ObjectId>>) read).value();
        if (!concerned.isEmpty()) {
            changed.accept(concerned);
        }
        return Optional.empty();
    }

    /**
     * A list may lack what exists, for a while after it was created. So what was there and is not listed is asked for by its
     * name, before a binding that works is reported to have lost its access. Where a lot is missing, the list is believed:
     * then the database was cleared.
     */
    private Optional<Problem> addUnlisted(List<Assignment> listed, long askedAt) {
        List<String> missing = known.missingFrom(listed, askedAt);
        if (missing.size() > MOST_UNLISTED) {
            return Optional.empty();
        }
        for (String name : missing) {
            Result<Optional<Assignment>> answer = controlPlane.readAssignment(database, name);
            if (answer instanceof Result.Failed<Optional<Assignment>> failed) {
                return Optional.of(failed.problem());
            }
            ((Result.Ok<Optional<Assignment>>) answer).value().ifPresent(listed::add);
        }
        return Optional.empty();
    }
}
