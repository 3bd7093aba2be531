package dev.redisaccess.quickstart;

import dev.redisaccess.quickstart.WorkloadProgram.Event;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The part of the story in which the workload uses what was published, and later is refused. */
final class WorkloadScene {
    private static final Duration LOGIN = Duration.ofSeconds(30);
    private static final Duration REFUSAL = Duration.ofSeconds(30);
    private static final Duration RENEWAL = SampleTokens.LIFETIME.plusSeconds(20);

    private final Stage stage;
    private final Platform platform;
    private final Progress progress;
    private WorkloadProgram workload;

    WorkloadScene(Stage stage, Platform platform, Progress progress) {
        this.stage = stage;
        this.platform = platform;
        this.progress = progress;
    }

    void use(String configMap) {
        long before = System.nanoTime();
        AtomicReference<Event> login = new AtomicReference<>();
        progress.step("login", "the workload starts", () -> {
            start(configMap);
            login.set(workload.awaitOk("LOGIN", LOGIN));
            return "Redis knows it as " + login.get().value("user");
        });
        progress.step("SET and GET", "", () -> {
            workload.awaitOk("SET", LOGIN);
            return "read back " + workload.awaitOk("GET", LOGIN).value("key");
        });
        progress.sum(
                "workload used Redis", "login, SET and GET with the pod's environment alone", Progress.since(before));
        renew(login.get());
    }

    private void renew(Event login) {
        long before = System.nanoTime();
        progress.step("token renewed", "its token lives " + SampleTokens.LIFETIME.toSeconds() + " s", () -> {
            workload.awaitOk("RENEWED", RENEWAL);
            return "new token accepted on the open connection";
        });
        progress.step("first token expired", "until " + login.value("expires"), () -> {
            Event outlived = workload.awaitOk("OUTLIVED", RENEWAL);
            if (!outlived.value("client").equals(login.value("client"))) {
                throw workload.failure("expected the connection to stay, but the client id changed");
            }
            return "the same connection still works (client id " + outlived.value("client") + ")";
        });
        progress.sum("token renewed", "one connection across the renewal", Progress.since(before));
    }

    /** Logs in again until it is refused; a login may still work for a moment after the grant is gone. */
    String seeRefusal() {
        return new Patience("revocation", REFUSAL, java.util.List.of())
                .until("the next login to be refused with WRONGPASS", () -> {
                    int mark = workload.count();
                    workload.login();
                    Event login = workload.await("LOGIN", mark, LOGIN);
                    if (login.ok()) {
                        return Optional.empty();
                    }
                    if (!login.value("error").equals("WRONGPASS")) {
                        throw workload.failure("expected WRONGPASS, but the login failed with " + login.value("error"));
                    }
                    return Optional.of("WRONGPASS");
                });
    }

    /** The variables of the workload identity webhook and, because this Azure is local, its certificate authority. */
    private void start(String configMap) {
        Map<String, String> published = stage.cluster()
                .client()
                .configMaps()
                .inNamespace(platform.workload().namespace())
                .withName(configMap)
                .get()
                .getData();
        Map<String, String> injected = new LinkedHashMap<>();
        injected.put("AZURE_CLIENT_ID", Examples.load().clientId());
        injected.put("AZURE_TENANT_ID", platform.tenantId());
        injected.put("AZURE_AUTHORITY_HOST", platform.endpoints().authority());
        injected.put(
                "AZURE_FEDERATED_TOKEN_FILE",
                stage.tokens().file(platform.workload()).toString());
        injected.put("SSL_CERT_FILE", platform.endpoints().caFile().toString());
        workload = WorkloadProgram.start(stage.programs(), published, injected);
    }
}
