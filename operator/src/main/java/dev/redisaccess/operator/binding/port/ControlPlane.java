package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Result;
import java.util.List;
import java.util.Optional;

/**
 * Azure Resource Manager, as far as we need it. Every call blocks until ARM answers, at most its client's timeout, and
 * never throws for what ARM says. Safe for use by many threads.
 */
public interface ControlPlane {

    /** Reads the cluster and its database: two GETs. Fails if there is none, or if it does not run. */
    Result<Database> readDatabase(DatabaseId id);

    /** Lists every assignment of the database, all pages. */
    Result<List<Assignment>> listAssignments(DatabaseId id);

    /** Reads one assignment; empty when there is none of that name. */
    Result<Optional<Assignment>> readAssignment(DatabaseId id, String assignmentName);

    /**
     * Starts to create an assignment with full access. ARM accepts and continues: the answer's state is usually
     * Creating.
     */
    Result<Assignment> createAssignment(DatabaseId id, String assignmentName, ObjectId objectId);

    /** Starts to delete an assignment. True: ARM goes on working. False: there was none. */
    Result<Boolean> deleteAssignment(DatabaseId id, String assignmentName);
}
