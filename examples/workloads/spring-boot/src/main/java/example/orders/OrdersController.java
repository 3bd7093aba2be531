package example.orders;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The health endpoint, with the fields of the guide's application, and a write. */
@RestController
class OrdersController {
    private static final Logger LOG = LoggerFactory.getLogger(OrdersController.class);
    private static final String METHOD = "Entra ID token";

    private final StringRedisTemplate redis;

    OrdersController(StringRedisTemplate redis) {
        this.redis = redis;
    }

    @GetMapping("/health")
    Map<String, Object> health() {
        Long connection = redis.execute(OrdersController::connectionId);
        return Map.of(
                "status", "healthy",
                "redis_connected", true,
                "redis_auth_method", METHOD,
                "redis_connection_id", connection);
    }

    @PostMapping("/visits/{page}")
    Map<String, Object> visit(@PathVariable("page") String page) {
        return Map.of("visits", redis.opsForValue().increment("visits:" + page));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> withoutRedis(DataAccessException e) {
        LOG.warn("Redis does not answer: {}.", e.getClass().getSimpleName());
        return ResponseEntity.status(503)
                .body(Map.of(
                        "status", "unhealthy",
                        "redis_connected", false,
                        "redis_auth_method", METHOD,
                        "error", e.getClass().getSimpleName()));
    }

    /** CLIENT ID, which Lettuce has and Spring Data has not. */
    private static Long connectionId(RedisConnection connection) {
        RedisClusterAsyncCommands<?, ?> lettuce = (RedisClusterAsyncCommands<?, ?>) connection.getNativeConnection();
        try {
            return lettuce.clientId().get(5, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new QueryTimeoutException("CLIENT ID", e);
        } catch (ExecutionException e) {
            throw new RedisSystemException("CLIENT ID", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("CLIENT ID", e);
        }
    }
}
