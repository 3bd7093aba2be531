package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.acl.AccessString;
import java.util.List;
import java.util.Optional;

/**
 * The operations of Azure Resource Manager that are needed. Every call blocks until Azure answers, at most for the timeout of
 * the client, and throws for no answer. Safe for use by many threads.
 */
public interface ControlPlane {

    /** Reads the cluster and its database: two GETs. Fails if there is none, or if it does not run. */
    Result<Database> readDatabase(DatabaseId id);

    /** Lists every assignment of the database, all pages. */
    Result<List<Assignment>> listAssignments(DatabaseId id);

    /** Reads one assignment; empty when there is none of that name. */
    Result<Optional<Assignment>> readAssignment(DatabaseId id, String assignmentName);

    /**
     * Starts to create an assignment, or to change its access. Azure accepts it and continues: the state in the answer is usually
     * Creating or Updating.
     *
     * @param accessString what it grants; empty: full access, by the GA version of the API, which has no access strings. Fails as
     *     PREVIEW_API_REFUSED where only that version is available
     */
    Result<Assignment> writeAssignment(
            DatabaseId id, String assignmentName, ObjectId objectId, Optional<AccessString> accessString);

    /** Starts to delete an assignment. True: Azure accepted it and continues. False: there was none. */
    Result<Boolean> deleteAssignment(DatabaseId id, String assignmentName);
}
