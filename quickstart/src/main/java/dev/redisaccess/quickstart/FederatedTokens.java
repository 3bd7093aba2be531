package dev.redisaccess.quickstart;

import dev.redisaccess.launcher.OperatorEnvironment;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Files with ServiceAccount tokens, kept fresh as kubelet keeps a projected volume: a new one at 80 % of the life. */
final class FederatedTokens implements AutoCloseable {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Duration RENEWAL = LIFETIME.multipliedBy(4).dividedBy(5);

    private final KubernetesClient client;
    private final Path directory;
    private final List<Path> files = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "federated-tokens");
        thread.setDaemon(true);
        return thread;
    });

    FederatedTokens(KubernetesClient client, Path directory) {
        this.client = client;
        this.directory = directory;
    }

    /** A file with a token of the ServiceAccount for Entra's token exchange; readable by its owner only. */
    Path file(ServiceAccountName account) {
        Path file = directory.resolve(account.namespace() + "-" + account.name() + ".token");
        write(account, file);
        files.add(file);
        timer.scheduleWithFixedDelay(
                () -> write(account, file), RENEWAL.toSeconds(), RENEWAL.toSeconds(), TimeUnit.SECONDS);
        return file;
    }

    private void write(ServiceAccountName account, Path file) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(OperatorEnvironment.AUDIENCE)
                .withExpirationSeconds(LIFETIME.toSeconds())
                .endSpec()
                .build();
        TokenRequest response = client.serviceAccounts()
                .inNamespace(account.namespace())
                .withName(account.name())
                .tokenRequest(request);
        try {
            // Only its owner can read a temporary file, on each system in the system's own way.
            Path fresh = Files.createTempFile(directory, "token", "");
            Files.writeString(fresh, response.getStatus().getToken());
            // Atomically, so that no reader gets a part of a token.
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        files.forEach(Stage::delete);
    }
}
