package dev.redisaccess.systemtest.faults;

import static dev.redisaccess.systemtest.faults.Step.CHANGING;
import static dev.redisaccess.systemtest.faults.Step.DELETING;
import static dev.redisaccess.systemtest.faults.Step.GRANTING;
import static dev.redisaccess.systemtest.faults.Step.NEW;
import static dev.redisaccess.systemtest.faults.Step.READY;
import static dev.redisaccess.systemtest.faults.Step.VERIFYING;

import dev.redisaccess.emulator.redis.RedisFault;
import dev.redisaccess.emulator.tls.CertificateAuthority;
import dev.redisaccess.operator.api.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

/** What Redis does, or a device between it and the operator. */
final class RedisFaults {

    /** RESP3 logs in with the one, RESP2 with the other. */
    private static final List<String> LOGIN = List.of("hello", "auth");

    private static final List<String> PING = List.of("ping");

    private RedisFaults() {}

    static List<Fault> list() {
        return List.of(
                row("redis-refused", new RedisFault.RefuseConnections(), Reason.CONNECTION_REFUSED)
                        .quick(VERIFYING),
                row("redis-firewall", new RedisFault.DropPackets(), Reason.CONNECT_TIMEOUT),
                row("redis-silent", new RedisFault.StaySilent(), Reason.TLS_HANDSHAKE_TIMEOUT)
                        .quick(GRANTING),
                Fault.of("redis-reset-in-tls", scene -> scene.redis(new RedisFault.ResetDuringHandshake()))
                        .showsEither(
                                Reason.CONNECTION_RESET,
                                Reason.CONNECTION_CLOSED,
                                NEW,
                                GRANTING,
                                VERIFYING,
                                READY,
                                CHANGING)
                        .passes(DELETING)
                        .stoppingLogins()
                        .quick(NEW),
                row("redis-reset", new RedisFault.ResetAtCommands(PING), Reason.CONNECTION_RESET),
                row("redis-tls-alert", new RedisFault.RejectHandshake(), Reason.TLS_REJECTED_BY_SERVER),
                row("redis-plaintext", new RedisFault.SpeakPlaintext(), Reason.TLS_HANDSHAKE_TIMEOUT),
                row("redis-loading", new RedisFault.Loading(), Reason.SERVER_LOADING)
                        .quick(CHANGING),
                row("redis-max-clients", new RedisFault.TooManyClients(), Reason.TOO_MANY_CONNECTIONS),
                row("redis-login-cut", new RedisFault.CloseAtCommands(LOGIN), Reason.CONNECTION_CLOSED),
                row("redis-login-silent", new RedisFault.IgnoreCommands(LOGIN), Reason.HANDSHAKE_TIMEOUT),
                row("redis-ping-silent", new RedisFault.IgnoreCommands(PING), Reason.COMMAND_TIMEOUT),
                row("redis-other-protocol", reply(LOGIN, "-NOPROTO unsupported"), Reason.PROTOCOL_UNSUPPORTED),
                row("redis-other-user", reply(List.of("acl"), "+default"), Reason.USER_MISMATCH),
                row("redis-cluster-down", reply(PING, "-CLUSTERDOWN The cluster is down"), Reason.CLUSTER_NOT_READY),
                row("redis-other-error", reply(LOGIN, "-HUH what is this?"), Reason.LOGIN_FAILED),
                row("redis-noperm-ping", new RedisFault.DenyCommands(List.of("ping")), Reason.PERMISSION_DENIED),
                row("redis-noperm-acl", new RedisFault.DenyCommands(List.of("acl")), Reason.PERMISSION_DENIED),
                certificate("redis-other-name", Reason.TLS_HOSTNAME_MISMATCH, scene -> authority(scene)
                        .serverKeys(List.of("orders.elsewhere.example"))),
                certificate("redis-expired", Reason.TLS_CERTIFICATE_EXPIRED, scene -> authority(scene)
                                .expiredServerKeys(List.of("localhost")))
                        .quick(VERIFYING),
                certificate("redis-untrusted", Reason.TLS_UNTRUSTED, scene -> CertificateAuthority.openOrCreate(
                                scene.platform().newDirectory("stranger"))
                        .serverKeys(List.of("localhost"))),
                // Minutes after the assignment it propagates; later, something is wrong with it.
                Fault.of("redis-wrongpass", scene -> scene.redis(new RedisFault.RefuseEveryLogin()))
                        .shows(Reason.POLICY_PROPAGATING, NEW, GRANTING, VERIFYING, READY, CHANGING)
                        .passes(DELETING)
                        .stoppingLogins()
                        .quick(NEW),
                row("redis-shards", new RedisFault.ShardsUnreachable(), Reason.SHARDS_UNREACHABLE)
                        .onShards(2)
                        .quick(VERIFYING),
                Fault.of("redis-cut", scene -> scene.tenant().redis().cutConnections())
                        .passes(GRANTING, VERIFYING, CHANGING, DELETING)
                        .staysReady());
    }

    private static RedisFault reply(List<String> commands, String line) {
        return new RedisFault.AnswerCommands(commands, line);
    }

    /** A deletion needs no login. */
    private static Fault row(String name, RedisFault fault, Reason reason) {
        return shows(Fault.of(name, scene -> scene.redis(fault)), reason);
    }

    private static Fault certificate(String name, Reason reason, Certificate certificate) {
        return shows(
                Fault.of(name, scene -> scene.redis(new RedisFault.ServeCertificate(keys(certificate, scene)))),
                reason);
    }

    private static Fault shows(Fault fault, Reason reason) {
        return fault.shows(reason, NEW, GRANTING, VERIFYING, READY, CHANGING)
                .passes(DELETING)
                .stoppingLogins();
    }

    /** The key and certificate that are served instead. */
    private interface Certificate {
        KeyStore of(Scene scene) throws IOException, GeneralSecurityException;
    }

    private static KeyStore keys(Certificate certificate, Scene scene) {
        try {
            return certificate.of(scene);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The certificate cannot be created.", e);
        }
    }

    private static CertificateAuthority authority(Scene scene) throws IOException, GeneralSecurityException {
        return CertificateAuthority.openOrCreate(
                Path.of(scene.platform().azure().endpoints().caFile()).getParent());
    }
}
