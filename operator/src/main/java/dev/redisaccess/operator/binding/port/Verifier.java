package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.WorkloadToken;
import java.time.Duration;

/** One login as the workload. Blocks, at most for the timeout; throws for no expected failure. */
public interface Verifier {

    /**
     * DNS, TCP, TLS, login, {@code ACL WHOAMI}, {@code PING}, and for OSSCluster the shards. A refused login is
     * NOT_AUTHORIZED, which the inventory may explain.
     */
    Result<Login> verify(Endpoint endpoint, ClusteringPolicy policy, WorkloadToken token, Duration timeout);

    /**
     * A successful login.
     *
     * @param user the answer of {@code ACL WHOAMI}
     * @param redisVersion from {@code INFO server}; empty text if it is not reported, or the identity may not read it
     * @param connect DNS, TCP and TLS together
     * @param authenticate the login
     * @param command {@code ACL WHOAMI} and {@code PING} together
     */
    record Login(String user, String redisVersion, Duration connect, Duration authenticate, Duration command) {}
}
