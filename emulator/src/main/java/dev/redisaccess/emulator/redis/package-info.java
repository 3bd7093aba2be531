/**
 * The Redis side of the emulator: a TLS front that speaks RESP2 and RESP3 as Azure Managed Redis does, and hands every
 * connection over to a real {@code redis-server}. Only {@code AUTH} and {@code HELLO ... AUTH} are read and rewritten
 * (a token that the {@link dev.redisaccess.emulator.redis.LoginPolicy} accepts becomes an internal password, a refused
 * one becomes a wrong password), so {@code ACL WHOAMI}, {@code NOPERM}, key patterns, {@code MOVED} and the order of
 * pipelined replies are genuine. {@link dev.redisaccess.emulator.redis.RedisFront} is the entry point; read
 * {@link dev.redisaccess.emulator.redis.ToServer} next.
 *
 * <p>Known differences from Azure Managed Redis:
 *
 * <ul>
 *   <li>A refused login reads {@code WRONGPASS invalid username-password pair or user is disabled.}, the text of open
 *       source Redis. Reports about Azure quote the beginning of this text.
 *   <li>The reply to commands that the service blocks is {@code NOPERM}; Redis Software has {@code ERR not allowed} for
 *       some. Without a cluster, the reply to {@code CLUSTER SLOTS} is that of open source Redis: support is disabled.
 *   <li>In OSSCluster mode the announced address is the one that the front is bound to, and each shard has its own
 *       listener; Azure announces private addresses with ports from 8500 up. A front bound to {@code 0.0.0.0} announces
 *       {@code 127.0.0.1}: clients map the address to the host name, as they must on Azure.
 *   <li>Whether Azure cuts live sessions when an assignment is deleted is not documented; the front cuts them.
 *   <li>The version is that of the {@code redis-server} found: the first 6.2 or newer on {@code PATH}, else the bundled
 *       6.2.
 * </ul>
 */
package dev.redisaccess.emulator.redis;
