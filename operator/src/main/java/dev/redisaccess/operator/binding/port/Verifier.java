package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.acl.AccessString;
import java.time.Duration;
import java.util.Optional;

/** One login as the workload. Blocks, at most for the timeout; throws for no expected failure. */
public interface Verifier {

    /**
     * DNS, TCP, TLS, login, {@code ACL WHOAMI}, {@code PING}, for OSSCluster the shards, and for a rule its probes. A refused
     * login is NOT_AUTHORIZED, which the inventory may explain.
     *
     * @param rule of an access profile, which may deny {@code ACL WHOAMI} and {@code PING}; empty: full access
     */
    Result<Login> verify(
            Endpoint endpoint,
            ClusteringPolicy policy,
            WorkloadToken token,
            Optional<AccessString> rule,
            Duration timeout);

    /**
     * A successful login.
     *
     * @param user the answer of {@code ACL WHOAMI}; empty text if the rule denies that command
     * @param redisVersion from {@code INFO server}; empty text if it is not reported, or the identity may not read it
     * @param connect DNS, TCP and TLS together
     * @param authenticate the login
     * @param command {@code ACL WHOAMI} and {@code PING} together
     * @param probes which commands of the rule were allowed and denied, and what could not be tried; empty text without a rule
     */
    record Login(
            String user,
            String redisVersion,
            Duration connect,
            Duration authenticate,
            Duration command,
            String probes) {}
}
