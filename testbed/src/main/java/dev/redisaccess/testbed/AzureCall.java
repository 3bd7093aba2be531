package dev.redisaccess.testbed;

import dev.redisaccess.emulator.http.RequestLog;
import java.time.Instant;
import java.util.Locale;

/**
 * One request of the operator to Azure.
 *
 * @param service {@code arm} or {@code entra}
 * @param subject what it is about
 * @param name of the assignment, in lower case, or empty
 * @param status of the response
 */
public record AzureCall(Instant at, String service, String method, Subject subject, String name, int status) {

    /** The subjects of requests to ARM. */
    public enum Subject {
        CLUSTER,
        DATABASE,
        ASSIGNMENTS,
        ASSIGNMENT,
        OTHER
    }

    static AzureCall of(RequestLog.Entry entry) {
        String path = entry.path().toLowerCase(Locale.ROOT);
        int assignments = path.indexOf("/accesspolicyassignments");
        String name = "";
        Subject subject = Subject.OTHER;
        if (assignments >= 0) {
            String rest = path.substring(assignments + "/accesspolicyassignments".length());
            name = rest.isEmpty() ? "" : rest.substring(1);
            subject = name.isEmpty() ? Subject.ASSIGNMENTS : Subject.ASSIGNMENT;
        } else if (path.contains("/databases/")) {
            subject = Subject.DATABASE;
        } else if (path.contains("/redisenterprise/")) {
            subject = Subject.CLUSTER;
        }
        return new AzureCall(entry.time(), entry.service(), entry.method(), subject, name, entry.status());
    }

    public boolean isArm() {
        return service.equals("arm");
    }

    /** Would change something. */
    public boolean isArmWrite() {
        return isArm() && !method.equals("GET");
    }

    /** A request to create or change an assignment. */
    public boolean isPut() {
        return isArm() && method.equals("PUT");
    }

    /** Exchanges a token at Entra. */
    public boolean isTokenExchange() {
        return service.equals("entra") && method.equals("POST");
    }
}
