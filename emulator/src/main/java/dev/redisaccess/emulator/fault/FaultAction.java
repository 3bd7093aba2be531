package dev.redisaccess.emulator.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * The action on a request that is hit, with an optional delay before it.
 *
 * @param status respond with this status at once, with {@code body} and {@code headers}
 * @param body text as it is, or JSON
 * @param headers for the response of {@code status}
 * @param delayMillis real milliseconds to wait first; alone, the request is then served as usual; 0 to 600000
 * @param closeMidBody serve, then close the connection after half of the body
 * @param garbage respond 200 with HTML, as a captive portal does
 * @param dropResponseAfterApplying serve, then close the connection without a response
 * @param endFailed (ARM) the operation that this request starts ends as {@code Failed}
 * @param neverEnds (ARM) the operation that this request starts stays in progress
 * @param aadsts (Entra) refuse with this error number
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record FaultAction(
        int status,
        JsonNode body,
        Map<String, String> headers,
        long delayMillis,
        boolean closeMidBody,
        boolean garbage,
        boolean dropResponseAfterApplying,
        boolean endFailed,
        boolean neverEnds,
        int aadsts) {

    private static final long LONGEST_DELAY = 600_000;

    public FaultAction {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        int chosen =
                count(status != 0, closeMidBody, garbage, dropResponseAfterApplying, endFailed, neverEnds, aadsts != 0);
        if (chosen > 1 || chosen == 0 && delayMillis == 0) {
            throw new IllegalArgumentException("`action` must have exactly one of status, delayMillis, closeMidBody,"
                    + " garbage, dropResponseAfterApplying, endFailed, neverEnds, aadsts (delayMillis may be added)");
        }
        if (status != 0 && (status < 200 || status > 599)) {
            throw new IllegalArgumentException("`action.status` must be 200 to 599");
        }
        if (delayMillis < 0 || delayMillis > LONGEST_DELAY) {
            throw new IllegalArgumentException("`action.delayMillis` must be 0 to " + LONGEST_DELAY);
        }
    }

    private static int count(boolean... choices) {
        int count = 0;
        for (boolean choice : choices) {
            count += choice ? 1 : 0;
        }
        return count;
    }
}
