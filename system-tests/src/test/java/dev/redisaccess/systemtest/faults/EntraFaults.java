package dev.redisaccess.systemtest.faults;

import static dev.redisaccess.systemtest.faults.Step.CHANGING;
import static dev.redisaccess.systemtest.faults.Step.DELETING;
import static dev.redisaccess.systemtest.faults.Step.GRANTING;
import static dev.redisaccess.systemtest.faults.Step.NEW;
import static dev.redisaccess.systemtest.faults.Step.READY;
import static dev.redisaccess.systemtest.faults.Step.VERIFYING;

import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is returned when the workload's token is exchanged: at Entra ({@code entra-…}), or at the token proxy of an identity binding
 * ({@code proxy-…}), which returns Entra's answers and answers of its own.
 */
final class EntraFaults {

    private EntraFaults() {}

    /**
     * An answer on both ways.
     *
     * @param direct the reason that is reported where Entra gives it
     * @param proxied the reason where the token proxy gives it
     * @param quick the step that is run in every build
     */
    private record Answer(String name, FaultAction action, Reason direct, Reason proxied, Optional<Step> quick) {

        Answer quick(Step step) {
            return new Answer(name, action, direct, proxied, Optional.of(step));
        }

        Fault atEntra() {
            return row("entra-" + name, scene -> scene.entra(action), direct).by(Federation.DIRECT);
        }

        Fault atTokenProxy() {
            return row("proxy-" + name, scene -> scene.tokenProxy(action), proxied)
                    .by(Federation.IDENTITY_BINDING);
        }

        private Fault row(String row, Consumer<Scene> beginning, Reason reason) {
            Fault fault = withoutToken(row, beginning, reason);
            return quick.map(fault::quick).orElse(fault);
        }
    }

    static List<Fault> list() {
        return Stream.of(
                        answers().stream().map(Answer::atEntra),
                        rareOnes("entra-", Federation.DIRECT, Reason.FEDERATION_NOT_MATCHED, Scene::entra),
                        answers().stream().map(Answer::atTokenProxy),
                        rareOnes(
                                "proxy-",
                                Federation.IDENTITY_BINDING,
                                Reason.IDENTITY_BINDING_MISSING,
                                Scene::tokenProxy),
                        ofTheTokenProxy())
                .flatMap(rows -> rows)
                .toList();
    }

    private static List<Answer> answers() {
        return List.of(
                federation(70021, Reason.FEDERATION_NOT_MATCHED).quick(NEW),
                federation(700211, Reason.FEDERATION_ISSUER_MISMATCH),
                federation(700212, Reason.FEDERATION_AUDIENCE_MISMATCH),
                federation(700213, Reason.FEDERATION_SUBJECT_MISMATCH).quick(CHANGING),
                code(700214, Reason.FEDERATION_ISSUER_FORBIDDEN),
                code(700016, Reason.IDENTITY_NOT_FOUND).quick(VERIFYING),
                code(90002, Reason.TENANT_NOT_FOUND),
                code(900382, Reason.WRONG_CLOUD),
                code(700024, Reason.ASSERTION_EXPIRED),
                code(700027, Reason.ASSERTION_SIGNATURE_INVALID),
                code(90061, Reason.ISSUER_UNREACHABLE),
                code(7000222, Reason.APPLICATION_MISCONFIGURED),
                code(500011, Reason.REDIS_RESOURCE_UNKNOWN),
                code(50020, Reason.PRINCIPAL_NOT_ALLOWED),
                code(53003, Reason.BLOCKED_BY_POLICY),
                code(90055, Reason.ENTRA_THROTTLED),
                code(90033, Reason.ENTRA_UNAVAILABLE),
                code(99999, Reason.TOKEN_EXCHANGE_FAILED),
                transport("html", Actions.garbage(), Reason.ENTRA_UNAVAILABLE).quick(NEW),
                transport("429", Actions.bare(429, Map.of("Retry-After", "3")), Reason.ENTRA_THROTTLED)
                        .quick(GRANTING),
                transport("502", Actions.bare(502, Map.of()), Reason.ENTRA_UNAVAILABLE),
                transport("cut", Actions.cut(), Reason.ENTRA_UNAVAILABLE),
                transport("lost", Actions.lost(), Reason.ENTRA_UNAVAILABLE).quick(DELETING),
                transport("silent", Actions.slow(Duration.ofSeconds(8)), Reason.ENTRA_UNAVAILABLE));
    }

    /** Entra's code, which the token proxy hands on. */
    private static Answer code(int code, Reason reason) {
        return new Answer(String.valueOf(code), Actions.aadsts(code), reason, reason, Optional.empty());
    }

    /** A code about the federated credential: that of an identity binding is made by AKS. */
    private static Answer federation(int code, Reason reason) {
        return new Answer(
                String.valueOf(code), Actions.aadsts(code), reason, Reason.IDENTITY_BINDING_MISSING, Optional.empty());
    }

    /** No answer of Entra: it is the server's own, or that of something in between. */
    private static Answer transport(String name, FaultAction action, Reason direct) {
        return new Answer(name, action, direct, Reason.TOKEN_PROXY_UNREACHABLE, Optional.empty());
    }

    /** How the next requests of a way are answered. */
    private interface Way {
        /** @param times how many; 0: all */
        void answer(Scene scene, FaultAction action, int times);
    }

    private static Stream<Fault> rareOnes(String prefix, Federation federation, Reason notMatched, Way way) {
        return Stream.of(
                Fault.of(prefix + "slow", scene -> way.answer(scene, Actions.slow(Duration.ofMillis(900)), 0))
                        .passes(NEW, GRANTING, VERIFYING, CHANGING, DELETING)
                        .by(federation),
                // A federated credential takes a while until it works everywhere.
                Fault.of(prefix + "third-try", scene -> way.answer(scene, Actions.aadsts(70021), 2))
                        .shows(notMatched, NEW, CHANGING)
                        .passes(VERIFYING)
                        .by(federation));
    }

    /** What the token proxy itself refuses. */
    private static Stream<Fault> ofTheTokenProxy() {
        return Stream.of(
                        withoutToken(
                                "proxy-400",
                                scene -> scene.tokenProxy(Actions.bare(400, Map.of())),
                                Reason.TOKEN_PROXY_REFUSED),
                        withoutToken(
                                "proxy-404",
                                scene -> scene.tokenProxy(Actions.bare(404, Map.of())),
                                Reason.IDENTITY_BINDING_MISSING),
                        withoutToken("proxy-unbound", EntraFaults::unbind, Reason.IDENTITY_BINDING_MISSING),
                        withoutToken("proxy-unauthorized", EntraFaults::forbid, Reason.IDENTITY_BINDING_NOT_AUTHORIZED)
                                .quick(NEW))
                .map(row -> row.by(Federation.IDENTITY_BINDING));
    }

    private static void unbind(Scene scene) {
        String clientId = scene.workload().clientId();
        scene.platform().azure().identityBindings().unbind(clientId);
        scene.undo(() -> scene.platform().azure().bind(clientId));
    }

    private static void forbid(Scene scene) {
        scene.tenant().forbidIdentityBinding(scene.workload());
        scene.undo(() -> scene.tenant().authorizeIdentityBinding(scene.workload(), Provocation.ACCOUNT));
    }

    /** A deletion needs no token. */
    private static Fault withoutToken(String name, Consumer<Scene> beginning, Reason reason) {
        return Fault.of(name, beginning)
                .shows(reason, NEW, GRANTING, VERIFYING, READY, CHANGING)
                .passes(DELETING)
                .stoppingLogins();
    }
}
