package dev.redisaccess.emulator.arm;

import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Operation;
import dev.redisaccess.emulator.state.Write;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import java.util.function.Function;

/** The links by which a client follows an operation. They have Azure's four signature parameters, which are not checked. */
final class OperationLinks {

    private static final long TICKS_PER_SECOND = 10_000_000;
    private static final Instant FIRST_TICK = Instant.parse("0001-01-01T00:00:00Z");

    private final Random random = new SecureRandom();

    /** {@code Azure-AsyncOperation}. */
    String status(ArmRequest request, Operation operation) {
        String subscription = operation.target().subscriptionId().orElseThrow();
        return request.base() + "/subscriptions/" + subscription + "/providers/Microsoft.Cache/locations/"
                + operation.location().replace(" ", "%20") + "/operationsStatus/" + operation.id()
                + query(request, operation);
    }

    /** {@code Location} of a cluster or a database. */
    String result(ArmRequest request, Operation operation) {
        return resource(request, operation.target()) + "/operationresults/" + operation.id()
                + query(request, operation);
    }

    /** {@code Location} of an assignment: the assignment itself, as recorded. */
    String itself(ArmRequest request, ArmId id) {
        return resource(request, id) + "?api-version=" + request.apiVersion();
    }

    /** The refusal for a write that was not accepted; {@code accepted} answers the others. */
    <T> Response answer(ArmRequest request, Write<T> write, Function<Write.Accepted<T>, Response> accepted) {
        if (write instanceof Write.Accepted<T> ok) {
            Response response = accepted.apply(ok).with("Azure-AsyncOperation", status(request, ok.operation()));
            boolean begins = response.body().length > 0 && response.status() != 200;
            return begins
                    ? response.with("Content-Type", "application/json")
                    : response; // without charset, as recorded
        } else if (write instanceof Write.Busy<T> busy) {
            throw new ArmRefusal(ArmError.busy(status(request, busy.other())));
        } else if (write instanceof Write.SamePrincipal<T> same) {
            throw new ArmRefusal(Assignments.samePrincipal(same.other()));
        }
        if (request.http().method().equals("DELETE")) {
            return Response.empty(204);
        }
        throw new ArmRefusal(ArmError.parentNotFound(request.id().parent().name()));
    }

    private static String resource(ArmRequest request, ArmId id) {
        return request.base() + id.text().replace(" ", "%20");
    }

    private String query(ArmRequest request, Operation operation) {
        Duration since = Duration.between(FIRST_TICK, operation.start());
        long ticks = since.getSeconds() * TICKS_PER_SECOND + since.getNano() / 100;
        return "?api-version=" + request.apiVersion() + "&t=" + ticks + "&c=" + opaque(24) + "&s=" + opaque(24) + "&h="
                + opaque(32);
    }

    private String opaque(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
